package slipway.fault;

/** People want a deployment back: they aborted it, or did not approve of it in time. */
public final class Recalled extends Fault {
  /** The code of a deployment that somebody aborted. */
  public static final String ABORTED = "aborted";

  /** The code of one that nobody approved of in time. */
  public static final String NOT_APPROVED = "not-approved";

  private static final long serialVersionUID = 1L;

  private Recalled(String code, String message, String nextStep) {
    super(code, Printable.whole(message), nextStep);
  }

  /** By the order at this URL. */
  public static Recalled aborted(String url) {
    return new Recalled(
        ABORTED,
        "It was aborted by " + url + ".",
        "Nothing to do; to deploy it all the same, upload it again under a new name.");
  }

  /** Of one that has waited for so long. */
  public static Recalled notApproved(String waited) {
    return new Recalled(
        NOT_APPROVED,
        "Nobody approved of it within " + waited + ".",
        "Upload it again under a new name, and approve of it in time.");
  }

  /** What to do next depends on whether any group was patched: the end tells it. */
  @Override
  public String whole() {
    return String.valueOf(getMessage());
  }

  /** Whether a deployment that ended with this code was recalled. */
  public static boolean is(String code) {
    return code.equals(ABORTED) || code.equals(NOT_APPROVED);
  }
}
