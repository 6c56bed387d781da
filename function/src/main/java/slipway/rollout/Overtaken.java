package slipway.rollout;

import static java.util.stream.Collectors.joining;

import java.util.List;
import slipway.settings.TemplatePath;

/** The group is not this deployment's any more, and it stays that way. */
public final class Overtaken extends Exception {
  private static final long serialVersionUID = 1L;

  private final By by;
  private final transient List<TemplatePath> held;

  private Overtaken(String message, By by, List<TemplatePath> held) {
    super(message);
    this.by = by;
    this.held = held;
  }

  /** Whose doing it was. */
  public enum By {
    /** A later upload owns the target. */
    LATER_UPLOAD("overtaken"),
    /** The object was written again with bytes that served before: that is no order to deploy. */
    REWRITTEN("rewritten"),
    /** Somebody put something into the group that no deployment of the target put there. */
    FOREIGN_CHANGE("foreign-change");

    private final String code;

    By(String code) {
      this.code = code;
    }

    /** As the record has it. */
    public String code() {
      return code;
    }
  }

  static Overtaken byLater(String deployment) {
    return new Overtaken(
        "A later upload (deployment " + deployment + ") has taken over this target.",
        By.LATER_UPLOAD,
        List.of());
  }

  /** Of a group that holds what no deployment of its target put there. */
  public static Overtaken byForeignChange(Group group) {
    String held = group.templates().stream().map(TemplatePath::toString).collect(joining(" and "));
    return new Overtaken(
        group.path().name() + " holds " + held + ", which Slipway did not deploy.",
        By.FOREIGN_CHANGE,
        group.templates());
  }

  /**
   * Of an object that was written again with the bytes of an earlier generation that served: as
   * when its metadata or its storage class is overwritten (python-storage#1049).
   */
  public static Overtaken byRewriting(String object) {
    return new Overtaken(
        object
            + " was overwritten with bytes that were already deployed under this name; Slipway did not"
            + " deploy them again.",
        By.REWRITTEN,
        List.of());
  }

  public By by() {
    return by;
  }

  /** Whether the group was found to hold this template and no other. */
  public boolean foundOnly(TemplatePath template) {
    return held.equals(List.of(template));
  }
}
