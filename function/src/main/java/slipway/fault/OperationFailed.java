package slipway.fault;

import java.io.IOException;
import java.util.List;
import java.util.Objects;

/**
 * Google refused a request or ended its operation with an error: what stood in {@code
 * error.errors[0]}, since the HTTP status beside it says too little ("BAD REQUEST").
 */
public final class OperationFailed extends IOException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final int status;

  /** The same without an HTTP status. */
  public OperationFailed(String code, String message) {
    this(code, message, 0);
  }

  /**
   * Takes Google's own words.
   *
   * @param code as Google spells it: {@code INVALID_IMAGE_TAR} of an operation, {@code invalid} of
   *     a request
   * @param message Google's sentence
   * @param status the HTTP status, 0 if there is none
   */
  public OperationFailed(String code, String message, int status) {
    super(message);
    this.code = code;
    this.status = status;
  }

  public String code() {
    return code;
  }

  /** The HTTP status, 0 if there is none. */
  public int status() {
    return status;
  }

  /** Who acts on it, by {@link RefusalTable}. */
  public Actor actor() {
    return RefusalTable.of(code, status).actor();
  }

  /** Whether something else uses what was to be deleted. */
  public boolean isInUse() {
    return code.startsWith("RESOURCE_IN_USE") || code.startsWith("resourceInUse");
  }

  /**
   * How the operator is told. What the table knows of it comes before what the step says.
   *
   * @param step the code of the step that was refused, such as {@code group-refused}
   * @param thing what it was about
   * @param expected what Google was to do with it
   * @param nextStep what mends it where the table names nothing
   */
  public Misconfigured misconfigured(String step, String thing, String expected, String nextStep) {
    RefusalTable.Row row = RefusalTable.of(code, status);
    return new Misconfigured(
        Objects.requireNonNullElse(row.code(), step),
        List.of(new Finding(thing, expected, code + ": " + getMessage())),
        Objects.requireNonNullElse(row.nextStep(), nextStep));
  }
}
