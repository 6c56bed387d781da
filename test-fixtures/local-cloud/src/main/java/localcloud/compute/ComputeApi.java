package localcloud.compute;

import com.google.gson.JsonObject;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Optional;
import localcloud.world.ApiException;
import localcloud.world.Refusals;
import localcloud.world.World;

/** Compute Engine's JSON API v1 in front of one world: a call in, an answer out. */
public final class ComputeApi {
  private static final String BATCH = "/batch/compute/v1";

  private final Routes routes = new Routes();
  private final Handlers handlers;

  /** Serves this world. */
  public ComputeApi(World world) {
    handlers = new Handlers(world);
    ImageMethods.addTo(handlers);
    TemplateMethods.addTo(handlers);
    GroupMethods.addTo(handlers);
    InstanceGroupMethods.addTo(handlers);
    InstanceMethods.addTo(handlers);
    HealthCheckMethods.addTo(handlers);
    OperationMethods.addTo(handlers);
    PlaceMethods.addTo(handlers);
  }

  /** Never throws for what a caller can do wrong; waits in it take cloud time. */
  public ApiAnswer answer(ApiCall call) {
    if (call.path().equals(BATCH)) {
      return Batch.answer(call, this::answer);
    }
    List<ApiAnswer.Unknown> unknown = List.of(new ApiAnswer.Unknown(call.verb(), call.path()));
    Optional<Routes.Match> match = routes.find(call.verb(), call.path());
    Optional<Handlers.Handler> handler =
        match.flatMap(found -> handlers.find(found.method().name()));
    if (match.isEmpty() || handler.isEmpty()) {
      String name = match.map(found -> found.method().name()).orElse(call.path());
      return Envelopes.error(
          new ApiException(501, "notImplemented", "The local cloud does not have " + name + "."),
          unknown);
    }
    try {
      return Envelopes.ok(Json.print(answer(handler.get(), match.get(), call)));
    } catch (ApiException refused) {
      return Envelopes.error(refused, refused.code() == 501 ? unknown : List.of());
    }
  }

  private Message answer(Handlers.Handler handler, Routes.Match match, ApiCall call) {
    JsonObject body = RequestReader.body(call);
    Message request = RequestReader.read(handler.prototype(), match, call, body);
    checkPlace(match.method(), request);
    return handler.answer().apply(new Handlers.Asked<>(request, body));
  }

  /** There is one project. Lists of public images are asked of other projects: they are empty. */
  private void checkPlace(Method method, Message request) {
    String project = Fields.text(request, "project");
    if (!project.equals(handlers.world().links().project())
        && !method.name().equals("Images.List")) {
      throw Refusals.notFound("projects/" + project);
    }
    if (Fields.has(request, "zone")) {
      handlers.world().places().zone(Fields.text(request, "zone"));
    }
    if (Fields.has(request, "region")) {
      handlers.world().places().region(Fields.text(request, "region"));
    }
  }
}
