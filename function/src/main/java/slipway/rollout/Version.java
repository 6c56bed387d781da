package slipway.rollout;

import org.jspecify.annotations.Nullable;
import slipway.settings.Size;

/**
 * One version of a group.
 *
 * @param template {@code projects/P/.../instanceTemplates/T}
 * @param size how many instances run it, or null for all that no other version takes
 */
public record Version(String template, @Nullable Size size) {
  /** Of all instances that no other version takes. */
  public static Version rest(String template) {
    return new Version(template, null);
  }
}
