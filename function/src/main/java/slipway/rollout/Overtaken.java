package slipway.rollout;

import java.util.List;

/** The group holds something else than this deployment's template, and it stays that way. */
public final class Overtaken extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean byUpload;
  private final transient List<String> held;

  private Overtaken(String message, boolean byUpload, List<String> held) {
    super(message);
    this.byUpload = byUpload;
    this.held = held;
  }

  /**
   * Names what the group holds.
   *
   * @param ours the template this deployment wants there
   */
  public static Overtaken by(Group group, String ours) {
    String held = String.join(" and ", group.templatePaths());
    boolean byUpload =
        group.templatePaths().stream().anyMatch(path -> Origin.isSameTarget(path, ours));
    return new Overtaken(
        group.path().name()
            + " holds "
            + held
            + (byUpload ? ", of another upload." : ", which Slipway did not put there."),
        byUpload,
        group.templatePaths());
  }

  /** Whether the group holds this template and no other. */
  public boolean holdsOnly(String templatePath) {
    return held.equals(List.of(templatePath));
  }

  /** True if another upload of the same target overtook; false if a person changed the group. */
  public boolean byUpload() {
    return byUpload;
  }
}
