package localcloud.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import localcloud.world.ApiException;

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

  /** Answers one call. */
  interface Action {
    Answer answer(Request request) throws IOException;
  }

  private record Route(String method, String[] pattern, Action action, Set<String> parameters) {
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
   * @param pattern the path, an asterisk for each name in it
   * @param parameters those that the action heeds, separated by spaces
   */
  Router add(String method, String pattern, Action action, String parameters) {
    Set<String> heeded = new HashSet<>(Arrays.asList(parameters.split(" ", -1)));
    routes.add(new Route(method, pattern.split("/", -1), action, heeded));
    return this;
  }

  Answer answer(Request request) throws IOException {
    for (Route route : routes) {
      Optional<List<String>> names = route.match(request);
      if (names.isPresent()) {
        route.checkParameters(request);
        return route.action().answer(request.withNames(names.get()));
      }
    }
    throw missing(request, "");
  }

  private static ApiException missing(Request request, String detail) {
    String route = request.method() + " " + request.path() + detail;
    return new ApiException(501, "notImplemented", "The local cloud does not do " + route);
  }
}
