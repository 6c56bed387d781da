package slipway.rollout;

import org.jspecify.annotations.Nullable;
import slipway.settings.Size;
import slipway.settings.TemplatePath;

/**
 * One version of a group.
 *
 * @param template what they boot
 * @param size how many instances run it, or null for all that no other version takes
 */
public record Version(TemplatePath template, @Nullable Size size) {
  /** Of all instances that no other version takes. */
  public static Version rest(TemplatePath template) {
    return new Version(template, null);
  }
}
