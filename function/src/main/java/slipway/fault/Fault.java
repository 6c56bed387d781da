package slipway.fault;

/**
 * A deployment that must end here, because somebody has to act first. Anything else that goes wrong
 * is thrown as it came, so that the event is delivered again.
 */
public abstract sealed class Fault extends RuntimeException
    permits Rejection, Misconfigured, Recalled {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final String nextStep;

  Fault(String code, String message, String nextStep) {
    super(message);
    this.code = code;
    this.nextStep = Printable.whole(nextStep);
  }

  /** The stable reason for machines, in lower case with hyphens: {@code not-gzip}. */
  public String code() {
    return code;
  }

  /** All that a person needs to know, in one text. */
  public String whole() {
    return getMessage() + " " + nextStep;
  }

  /** What the person who acts does next, a command where there is one. */
  public String nextStep() {
    return nextStep;
  }
}
