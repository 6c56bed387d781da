package localcloud.compute;

import com.google.gson.JsonObject;
import com.google.protobuf.Message;
import java.util.Set;
import java.util.stream.Collectors;
import localcloud.world.World;
import localcloud.world.refusals.ApiException;
import localcloud.world.refusals.Refusals;

/** Compute Engine's JSON API v1 in front of one world: a call in, an answer out. */
public final class ComputeApi {
  private final Routes routes = new Routes();
  private final Handlers handlers;
  private final Guard guard;

  /** Serves this world. */
  public ComputeApi(World world) {
    handlers = new Handlers(world);
    guard = new Guard(world);
    ImageMethods.addTo(handlers);
    TemplateMethods.addTo(handlers);
    GroupMethods.addTo(handlers);
    MemberMethods.addTo(handlers);
    StandbyMethods.addTo(handlers);
    InstanceGroupMethods.addTo(handlers);
    AutoscalerMethods.addTo(handlers);
    InstanceMethods.addTo(handlers);
    HealthCheckMethods.addTo(handlers);
    BackendMethods.addTo(handlers);
    PassiveMethods.addTo(handlers);
    OperationMethods.addTo(handlers);
    PlaceMethods.addTo(handlers);
  }

  /** Every method that is there, by its name in the table of permissions. */
  Set<String> methods() {
    return handlers.names().stream().map(Guard::id).collect(Collectors.toUnmodifiableSet());
  }

  /** Never throws for what a caller can do wrong; waits in it take cloud time. */
  public ApiAnswer answer(ApiCall call) {
    try {
      Routes.Match match =
          routes.find(call.verb(), call.path()).orElseThrow(() -> missing(call.path()));
      String method = match.method().name();
      Handlers.Handler handler = handlers.find(method).orElseThrow(() -> missing(method));
      return ApiAnswer.ok(answer(handler, match, call));
    } catch (ApiException refused) {
      return ApiAnswer.refused(refused);
    }
  }

  private static ApiException missing(String what) {
    return new ApiException(501, "notImplemented", "The local cloud does not have " + what + ".");
  }

  private Message answer(Handlers.Handler handler, Routes.Match match, ApiCall call) {
    JsonObject body = RequestReader.body(call);
    Message request = RequestReader.read(handler.prototype(), match, call, body);
    checkPlace(match.method(), request);
    guard.check(call.caller(), handler.needs(), match, request);
    return handler.answer().apply(new Handlers.Asked<>(request, body, call.caller()));
  }

  /** There is one project. Lists of public images are asked of other projects: they are empty. */
  private void checkPlace(Method method, Message request) {
    String project = Fields.text(request, "project");
    if (!project.equals(handlers.world().links().project())
        && !method.name().equals("Images.List")) {
      throw Refusals.notFound("projects/" + project);
    }
    if (Fields.has(request, "zone") && !method.name().equals("Zones.Get")) {
      handlers.world().places().checkZone(Fields.text(request, "zone"));
    }
    if (Fields.has(request, "region") && !method.name().equals("Regions.Get")) {
      handlers.world().places().checkRegion(Fields.text(request, "region"));
    }
  }
}
