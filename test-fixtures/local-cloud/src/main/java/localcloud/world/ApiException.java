package localcloud.world;

/**
 * A refusal as Google's JSON APIs give it: {@code {"error":{"code","message","errors":[{"domain":
 * "global","message","reason"}]}}}.
 */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;
  private final String reason;

  /**
   * Takes the parts of the envelope.
   *
   * @param code the HTTP status, such as 412
   * @param reason Google's word for it, such as {@code conditionNotMet}
   * @param message Google's sentence
   */
  public ApiException(int code, String reason, String message) {
    super(message);
    this.code = code;
    this.reason = reason;
  }

  /** The HTTP status. */
  public int code() {
    return code;
  }

  /** Google's word for it, in camel case. */
  public String reason() {
    return reason;
  }
}
