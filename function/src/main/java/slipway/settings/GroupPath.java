package slipway.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hashing;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a group is: {@code projects/P/zones/Z/instanceGroupManagers/G} or {@code
 * projects/P/regions/R/instanceGroupManagers/G}, as in Compute's URLs.
 *
 * @param project the project's id
 * @param home {@code zones/Z} or {@code regions/R}
 * @param name the group's name
 */
public record GroupPath(String project, String home, String name) {
  static final String FORM =
      "projects/<project>/zones/<zone>/instanceGroupManagers/<group>, or regions/<region> instead";
  private static final Pattern PATTERN =
      Pattern.compile(
          "projects/([a-z0-9.:-]+)/((?:zones|regions)/[a-z0-9-]+)"
              + "/instanceGroupManagers/([a-z][a-z0-9-]{0,62})");

  /** Reads one of these forms; empty if it is another. */
  public static Optional<GroupPath> of(String path) {
    Matcher matcher = PATTERN.matcher(path);
    return matcher.matches()
        ? Optional.of(new GroupPath(matcher.group(1), matcher.group(2), matcher.group(3)))
        : Optional.empty();
  }

  /**
   * Tells the groups of a target apart in the names of their templates: four characters of base 36,
   * since more does not fit into Compute's 63.
   */
  public String hash() {
    long bits = Hashing.sha256().hashString(toString(), UTF_8).asLong();
    String digits = Long.toUnsignedString(bits, 36);
    return "000".concat(digits).substring(digits.length() - 1);
  }

  /** Whether it stands over the zones of a region. */
  public boolean isRegional() {
    return home.startsWith("regions/");
  }

  /** The name of its zone or region. */
  public String place() {
    return home.substring(home.indexOf('/') + 1);
  }

  /** Whether a group here can use this template: a global one, or one of its own region. */
  boolean canUse(TemplatePath template) {
    String region = isRegional() ? place() : place().replaceFirst("-[^-]*$", "");
    return template.home().equals("global") || template.home().equals("regions/" + region);
  }

  @Override
  public String toString() {
    return "projects/" + project + "/" + home + "/instanceGroupManagers/" + name;
  }
}
