package localcloud.world;

/** Ends an operation with an error, as Google tells it in Operation.error. */
final class OperationFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final int status;

  /**
   * Takes the parts of the error.
   *
   * @param code in upper case, such as INVALID_IMAGE_TAR
   * @param status what httpErrorStatusCode says
   */
  OperationFailed(String code, int status, String message) {
    super(message);
    this.code = code;
    this.status = status;
  }

  String code() {
    return code;
  }

  int status() {
    return status;
  }
}
