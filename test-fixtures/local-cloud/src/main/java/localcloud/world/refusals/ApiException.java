package localcloud.world.refusals;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

/**
 * A refusal as Google's JSON APIs give it: {@code {"error":{"code","message","errors":[{"domain":
 * "global","message","reason"}]}}}.
 */
public class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

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

  public final int code() {
    return code;
  }

  /** Google's word for it, in camel case. */
  public final String reason() {
    return reason;
  }

  /**
   * The body of the answer of newer APIs, such as Cloud Monitoring's: {@code
   * {"error":{"code","message","status"}}}, of https://google.aip.dev/193.
   */
  public String statusEnvelope() {
    JsonObject error = new JsonObject();
    error.addProperty("code", code);
    error.addProperty("message", getMessage());
    error.addProperty("status", status());
    JsonObject envelope = new JsonObject();
    envelope.add("error", error);
    return GSON.toJson(envelope);
  }

  /** The canonical code that stands for the HTTP status: google/rpc/code.proto. */
  private String status() {
    return switch (code) {
      case 400 -> "INVALID_ARGUMENT";
      case 401 -> "UNAUTHENTICATED";
      case 403 -> "PERMISSION_DENIED";
      case 404 -> "NOT_FOUND";
      case 409 -> "ABORTED";
      case 429 -> "RESOURCE_EXHAUSTED";
      case 501 -> "UNIMPLEMENTED";
      case 503 -> "UNAVAILABLE";
      default -> "INTERNAL";
    };
  }

  /** The body of the answer. */
  public String envelope() {
    String message = String.valueOf(getMessage());
    JsonObject fault = new JsonObject();
    fault.addProperty("message", message);
    fault.addProperty("domain", "global");
    fault.addProperty("reason", reason);
    JsonArray faults = new JsonArray();
    faults.add(fault);
    JsonObject error = new JsonObject();
    error.addProperty("code", code);
    error.addProperty("message", message);
    error.add("errors", faults);
    JsonObject envelope = new JsonObject();
    envelope.add("error", error);
    return GSON.toJson(envelope);
  }
}
