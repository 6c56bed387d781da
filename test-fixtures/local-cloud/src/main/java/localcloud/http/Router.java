package localcloud.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import localcloud.access.Access;
import localcloud.access.Permissions;
import localcloud.world.refusals.ApiException;

/** A table of routes; a call that none takes, or that asks for more than its route does, is 501. */
final class Router {
  /** Every method has these; they change nothing but the form of the answer, or who pays. */
  private static final Set<String> COMMON =
      Set.of(
          "alt",
          "fields",
          "key",
          "prettyPrint",
          "projection",
          "quotaUser",
          "userIp",
          "userProject");

  /** Google heeds them as it does ifGenerationMatch; ignored, they would protect nothing. */
  private static final List<String> NOT_HEEDED =
      List.of("If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since");

  private final List<Route> routes = new ArrayList<>();
  private final Access access;

  Router(Access access) {
    this.access = access;
  }

  /** Answers one call. */
  interface Action {
    Answer answer(Request request) throws IOException;
  }

  private record Route(
      String id, String method, String[] pattern, Action action, Set<String> parameters) {
    Optional<List<String>> match(Request request) {
      String[] path = request.path().split("/", -1);
      if (!method.equals(request.method()) || path.length != pattern.length) {
        return Optional.empty();
      }
      List<String> names = new ArrayList<>();
      for (int i = 0; i < path.length; i++) {
        if (pattern[i].equals("*") && !path[i].isEmpty()) {
          names.add(Request.unescape(path[i]));
        } else if (!pattern[i].equals(path[i])) {
          return Optional.empty();
        }
      }
      return Optional.of(names);
    }

    void checkParameters(Request request) {
      for (String asked : request.query().keySet()) {
        if (!COMMON.contains(asked) && !parameters.contains(asked)) {
          throw missing(request, " with the parameter '" + asked + "'");
        }
      }
      for (String header : NOT_HEEDED) {
        if (request.headers().containsKey(header)) {
          throw missing(request, " with the header " + header);
        }
      }
    }
  }

  /**
   * Adds a route.
   *
   * @param id the method's name in the table of permissions
   * @param route verb and path, an asterisk for each name in it
   * @param parameters those that the action heeds, separated by spaces
   */
  Router add(String id, String route, Action action, String parameters) {
    Set<String> heeded = new HashSet<>(Arrays.asList(parameters.split(" ", -1)));
    String[] words = route.split(" ", -1);
    routes.add(new Route(id, words[0], words[1].split("/", -1), action, heeded));
    return this;
  }

  /** Every method that is there. */
  Set<String> ids() {
    return routes.stream().map(Route::id).collect(Collectors.toUnmodifiableSet());
  }

  Answer answer(Request request) throws IOException {
    for (Route route : routes) {
      Optional<List<String>> names = route.match(request);
      if (names.isPresent()) {
        route.checkParameters(request);
        return answer(route, request, names.get());
      }
    }
    throw missing(request, "");
  }

  private Answer answer(Route route, Request request, List<String> names) throws IOException {
    Permit permit = Permit.of(access, request, Permissions.TABLE.of(route.id()));
    permit.enter(names);
    try {
      return route.action().answer(request.with(names, permit));
    } catch (ApiException refusal) {
      throw permit.told(refusal, names);
    }
  }

  private static ApiException missing(Request request, String detail) {
    String route = request.method() + " " + request.path() + detail;
    return new ApiException(501, "notImplemented", "The local cloud does not do " + route);
  }
}
