package slipway.rollout;

/** The group holds something else than this deployment's template, and it stays that way. */
public final class Overtaken extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean byUpload;

  private Overtaken(String message, boolean byUpload) {
    super(message);
    this.byUpload = byUpload;
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
        byUpload);
  }

  /** True if another upload of the same target overtook; false if a person changed the group. */
  public boolean byUpload() {
    return byUpload;
  }
}
