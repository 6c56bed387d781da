package slipway.gcp;

import com.google.api.client.http.HttpResponseException;
import com.google.api.gax.rpc.ApiException;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.function.Supplier;
import slipway.fault.Finding;
import slipway.fault.Misconfigured;
import slipway.fault.OperationFailed;

/** What an HTTP error of Compute means for the deployment, by its status and its sentence. */
final class Refusal {
  private Refusal() {}

  /** The HTTP status behind a client's exception: a 409 arrives as "aborted". */
  static int status(ApiException failed) {
    return failed.getStatusCode().getTransportCode() instanceof Integer status ? status : 0;
  }

  /** The client's own message is only "Bad Request"; Google's sentence is in the body. */
  private static String sentence(ApiException failed) {
    return failed.getCause() instanceof HttpResponseException http && http.getContent() != null
        ? sentence(http.getContent())
        : String.valueOf(failed.getMessage());
  }

  /** Google's sentence in an error's body, or the body where there is none. */
  static String sentence(String body) {
    try {
      if (JsonParser.parseString(body) instanceof JsonObject json
          && json.get("error") instanceof JsonObject error
          && error.get("message") instanceof JsonPrimitive message) {
        return message.getAsString();
      }
    } catch (JsonParseException noJson) {
      return body;
    }
    return body;
  }

  /** Sends a request; what the stages understand of its failure is thrown in their words. */
  static <T> T guard(String thing, Supplier<T> request) throws OperationFailed {
    try {
      return request.get();
    } catch (ApiException failed) {
      of(status(failed), sentence(failed), thing);
      throw failed;
    }
  }

  /**
   * Throws what the stages understand, or returns if asking again may help.
   *
   * @param thing what was asked for
   * @throws OperationFailed for a 400, or a 403 for the quota
   * @throws Misconfigured for any other 403: the function's role lacks a permission
   */
  static void of(int status, String message, String thing) throws OperationFailed {
    if (status == 400) {
      throw new OperationFailed("invalid", message);
    }
    if (status == 403 && message.contains("uota")) {
      throw new OperationFailed("quotaExceeded", message);
    }
    if (status == 403 && message.contains("permission")) {
      throw new Misconfigured(
          "permission-denied",
          List.of(new Finding(thing, "that the function's role allows it", message)),
          "Add the permission to the function's role; then upload again.");
    }
  }
}
