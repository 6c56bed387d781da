package slipway.rollout;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The group is not this deployment's any more, and it stays that way. */
public final class Overtaken extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable Group group;

  private Overtaken(String message, @Nullable Group group) {
    super(message);
    this.group = group;
  }

  /** A later upload owns the target. */
  static Overtaken byLater(String deployment) {
    return new Overtaken("The later upload of " + deployment + " owns the target.", null);
  }

  /** By what the group holds, as far as that shows: see {@link Ownership#explain}. */
  public static Overtaken by(Group group) {
    String held = String.join(" and ", group.templates());
    return new Overtaken(
        group.path().name() + " holds " + held + ", which this target did not put there.", group);
  }

  /** The group that was changed, or null if a later upload owns the target. */
  @Nullable Group group() {
    return group;
  }

  /** Whether the group holds this template and no other. */
  public boolean holdsOnly(String templatePath) {
    return group != null && group.templates().equals(List.of(templatePath));
  }

  /** True if a later upload of the same target overtook; false if a person changed the group. */
  public boolean byUpload() {
    return group == null;
  }
}
