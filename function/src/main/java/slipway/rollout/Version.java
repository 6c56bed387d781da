package slipway.rollout;

import org.jspecify.annotations.Nullable;
import slipway.settings.Size;
import slipway.settings.TemplatePath;

/**
 * One version of a group. Compute takes the same template under another name for another version,
 * and replaces its instances.
 *
 * @param template what they boot
 * @param name as Terraform or {@code rolling-action replace} gave it, or null for none
 * @param size how many instances run it, or null for all that no other version takes
 */
public record Version(TemplatePath template, @Nullable String name, @Nullable Size size) {
  /** Without a name, as all new versions are. */
  public Version(TemplatePath template, @Nullable Size size) {
    this(template, null, size);
  }

  /** Of all instances that no other version takes, without a name. */
  public static Version rest(TemplatePath template) {
    return new Version(template, null);
  }

  /** The same for all instances that no other version takes. */
  public Version asRest() {
    return new Version(template, name, null);
  }

  @Override
  public String toString() {
    String named = name == null ? "" : " named " + name;
    return template + named + (size == null ? "" : " in " + size + " instances");
  }
}
