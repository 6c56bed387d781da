package slipway.settings;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an alert policy of Cloud Monitoring is: {@code projects/P/alertPolicies/N}.
 *
 * @param project the project's id, or its number
 * @param id given by Monitoring, digits
 */
public record AlertPolicyPath(String project, String id) {
  static final String FORM = "projects/<project>/alertPolicies/<number>";
  private static final Pattern PATTERN =
      Pattern.compile("projects/([a-z0-9.:-]+)/alertPolicies/([0-9]+)");

  /** Reads this form; empty if it is another. */
  public static Optional<AlertPolicyPath> of(String path) {
    Matcher matcher = PATTERN.matcher(path);
    return matcher.matches()
        ? Optional.of(new AlertPolicyPath(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "projects/" + project + "/alertPolicies/" + id;
  }
}
