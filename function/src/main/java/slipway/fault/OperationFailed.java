package slipway.fault;

import java.io.IOException;

/**
 * Compute refused a request or ended its operation with an error: what stood in {@code
 * error.errors[0]}, since the HTTP status beside it tells nothing ("BAD REQUEST").
 */
public final class OperationFailed extends IOException {
  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * Takes Google's own words.
   *
   * @param code as Compute spells it: {@code INVALID_IMAGE_TAR}, or {@code invalid} for a request
   * @param message Google's sentence
   */
  public OperationFailed(String code, String message) {
    super(message);
    this.code = code;
  }

  /** Google's code. */
  public String code() {
    return code;
  }

  /** Whether the project's quota stood in the way: the operator's to raise. */
  public boolean isQuota() {
    return code.startsWith("QUOTA") || code.equals("quotaExceeded");
  }

  /** Whether something else uses what was to be deleted. */
  public boolean isInUse() {
    return code.startsWith("RESOURCE_IN_USE") || code.startsWith("resourceInUse");
  }

  /** Whether Compute refused what was asked for, so that asking again cannot help. */
  public boolean isRefusal() {
    return code.startsWith("INVALID") || code.equals("invalid") || isInUse();
  }
}
