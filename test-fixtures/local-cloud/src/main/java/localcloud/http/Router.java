package localcloud.http;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import localcloud.access.Access;
import localcloud.storage.Route;
import localcloud.world.refusals.ApiException;

/**
 * Leads each call of Cloud Storage to its action, as far as its caller may; one that no route
 * takes, or that asks for more than its route does, is 501.
 */
final class Router {
  /** Google heeds them as it does ifGenerationMatch; ignored, they would protect nothing. */
  private static final List<String> NOT_HEEDED =
      List.of("If-Modified-Since", "If-Unmodified-Since");

  private final Access access;
  private final Function<Route, Action> actions;

  Router(Access access, Function<Route, Action> actions) {
    this.access = access;
    this.actions = actions;
  }

  /** Answers one call. */
  interface Action {
    Answer answer(Request request) throws IOException;
  }

  Answer answer(Request request) throws IOException {
    Route.Match match =
        Route.find(request.method(), request.path()).orElseThrow(() -> missing(request, ""));
    checkParameters(match.route(), request);
    Permit permit = Permit.of(access, request, match.route().needs());
    permit.enter(match.names());
    try {
      return actions.apply(match.route()).answer(request.with(match.names(), permit));
    } catch (ApiException refusal) {
      throw permit.told(refusal, match.names());
    }
  }

  private static void checkParameters(Route route, Request request) {
    for (String asked : request.query().keySet()) {
      if (route.refuses(asked)) {
        throw missing(request, " with the parameter '" + asked + "'");
      }
    }
    for (String header : NOT_HEEDED) {
      if (request.headers().containsKey(header)) {
        throw missing(request, " with the header " + header);
      }
    }
  }

  private static ApiException missing(Request request, String detail) {
    String route = request.method() + " " + request.path() + detail;
    return new ApiException(501, "notImplemented", "The local cloud does not do " + route);
  }
}
