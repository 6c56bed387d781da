package slipway.rollout;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who made a template, by its name: {@code <deployment id>-<4 hex>}. */
final class Origin {
  private static final Pattern OURS =
      Pattern.compile(".*/([a-z0-9-]+)-([0-9]{8}-[0-9]{6})-[0-9a-f]{6}-[0-9a-f]{4}");

  private Origin() {}

  /** Whether both are templates that Slipway made for one target. */
  static boolean isSameTarget(String templatePath, String other) {
    Matcher left = OURS.matcher(templatePath);
    Matcher right = OURS.matcher(other);
    return left.matches() && right.matches() && left.group(1).equals(right.group(1));
  }

  /** Whether both are templates of one target, and the first is of the later upload. */
  static boolean isNewer(String templatePath, String than) {
    Matcher left = OURS.matcher(templatePath);
    Matcher right = OURS.matcher(than);
    return isSameTarget(templatePath, than)
        && left.matches()
        && right.matches()
        && left.group(2).compareTo(right.group(2)) > 0;
  }
}
