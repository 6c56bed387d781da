package slipway.rollout;

import java.util.List;

/** The group is not this deployment's any more, and it stays that way. */
public final class Overtaken extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean byUpload;
  private final transient List<String> held;

  private Overtaken(String message, boolean byUpload, List<String> held) {
    super(message);
    this.byUpload = byUpload;
    this.held = held;
  }

  /** A later upload owns the target. */
  static Overtaken byLater(String deployment) {
    return new Overtaken(
        "The later upload of " + deployment + " owns the target.", true, List.of());
  }

  /**
   * Names what the group holds.
   *
   * @param ours a template that this deployment wants there
   */
  public static Overtaken by(Group group, String ours) {
    List<String> templates = group.templates();
    String held = String.join(" and ", templates);
    boolean byUpload = templates.stream().anyMatch(path -> Origin.isNewer(path, ours));
    return new Overtaken(
        group.path().name()
            + " holds "
            + held
            + (byUpload ? ", of a later upload." : ", which this target did not put there."),
        byUpload,
        templates);
  }

  /** Whether the group holds this template and no other. */
  public boolean holdsOnly(String templatePath) {
    return held.equals(List.of(templatePath));
  }

  /** True if a later upload of the same target overtook; false if a person changed the group. */
  public boolean byUpload() {
    return byUpload;
  }
}
