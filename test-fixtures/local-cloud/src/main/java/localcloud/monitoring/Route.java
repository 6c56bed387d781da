package localcloud.monitoring;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import localcloud.access.Permissions;
import localcloud.access.Permissions.Need;

/** Every call of Cloud Monitoring that is served. */
public enum Route {
  POLICIES_LIST("alertPolicies.list", "GET", "projects/[^/]+/alertPolicies"),
  POLICIES_CREATE("alertPolicies.create", "POST", "projects/[^/]+/alertPolicies"),
  POLICIES_GET("alertPolicies.get", "GET", "projects/[^/]+/alertPolicies/[^/]+"),
  POLICIES_PATCH("alertPolicies.patch", "PATCH", "projects/[^/]+/alertPolicies/[^/]+"),
  POLICIES_DELETE("alertPolicies.delete", "DELETE", "projects/[^/]+/alertPolicies/[^/]+"),
  ALERTS_LIST("alerts.list", "GET", "projects/[^/]+/alerts"),
  ALERTS_GET("alerts.get", "GET", "projects/[^/]+/alerts/[^/]+"),
  SNOOZES_LIST("snoozes.list", "GET", "projects/[^/]+/snoozes"),
  SNOOZES_CREATE("snoozes.create", "POST", "projects/[^/]+/snoozes"),
  SNOOZES_GET("snoozes.get", "GET", "projects/[^/]+/snoozes/[^/]+"),
  SNOOZES_PATCH("snoozes.patch", "PATCH", "projects/[^/]+/snoozes/[^/]+"),
  TIME_SERIES_LIST("timeSeries.list", "GET", "projects/[^/]+/timeSeries");

  private final String id;
  private final String verb;
  private final Pattern path;
  private final List<Need> needs;

  Route(String method, String verb, String path) {
    this.id = "monitoring.projects." + method;
    this.verb = verb;
    this.path = Pattern.compile("/v3/(" + path + ")");
    this.needs = Permissions.TABLE.of(id);
  }

  /**
   * One that a call took.
   *
   * @param name the path after the version
   */
  public record Match(Route route, String name) {}

  /** The route of this call; empty if none takes it. */
  public static Optional<Match> find(String verb, String path) {
    return Arrays.stream(values())
        .filter(route -> route.verb.equals(verb))
        .flatMap(route -> route.match(path).stream())
        .findFirst();
  }

  private Optional<Match> match(String asked) {
    Matcher matcher = path.matcher(asked);
    return matcher.matches() ? Optional.of(new Match(this, matcher.group(1))) : Optional.empty();
  }

  /** Google's id of the method, such as {@code monitoring.projects.alerts.list}. */
  public String id() {
    return id;
  }

  List<Need> needs() {
    return needs;
  }
}
