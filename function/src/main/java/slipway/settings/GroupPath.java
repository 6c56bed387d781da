package slipway.settings;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a group is: {@code projects/P/zones/Z/instanceGroupManagers/G}, as in Compute's URLs.
 *
 * @param project the project's id
 * @param zone the zone's name
 * @param name the group's name
 */
public record GroupPath(String project, String zone, String name) {
  static final String FORM = "projects/<project>/zones/<zone>/instanceGroupManagers/<group>";
  private static final Pattern PATTERN =
      Pattern.compile(
          "projects/([a-z0-9.:-]+)/zones/([a-z0-9-]+)/instanceGroupManagers/([a-z][a-z0-9-]{0,62})");

  /** Reads that form; empty if it is another. */
  public static Optional<GroupPath> of(String path) {
    Matcher matcher = PATTERN.matcher(path);
    return matcher.matches()
        ? Optional.of(new GroupPath(matcher.group(1), matcher.group(2), matcher.group(3)))
        : Optional.empty();
  }

  /** The same path as text. */
  @Override
  public String toString() {
    return "projects/" + project + "/zones/" + zone + "/instanceGroupManagers/" + name;
  }
}
