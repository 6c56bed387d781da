package localcloud.world.refusals;

import com.google.cloud.compute.v1.Errors;

/** Ends an operation with an error, as Google tells it in Operation.error. */
public final class OperationFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Errors error;
  private final int status;

  /**
   * Takes the parts of a plain error.
   *
   * @param code in upper case, such as INVALID_IMAGE_TAR
   * @param status what httpErrorStatusCode says
   */
  public OperationFailed(String code, int status, String message) {
    this(Errors.newBuilder().setCode(code).setMessage(message).build(), status);
  }

  /**
   * Takes the whole error.
   *
   * @param status what httpErrorStatusCode says; 0 if the operation does not carry it
   */
  public OperationFailed(Errors error, int status) {
    super(error.getMessage());
    this.error = error;
    this.status = status;
  }

  /** As Operation.error.errors has it. */
  public Errors error() {
    return error;
  }

  /** Google's code, in upper case. */
  public String code() {
    return error.getCode();
  }

  /** What httpErrorStatusCode says; 0 if the operation does not carry it. */
  public int status() {
    return status;
  }
}
