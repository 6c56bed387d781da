package slipway.gcp;

import com.google.api.client.http.HttpResponseException;
import com.google.api.gax.rpc.ApiException;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import slipway.fault.Finding;
import slipway.fault.Misconfigured;
import slipway.fault.OperationFailed;

/**
 * A request that Compute answered with an HTTP error, and what that means for the deployment.
 *
 * @param status the HTTP status
 * @param reason Google's word, {@code errors[0].reason}; empty if the body has none
 * @param message Google's sentence, or the body
 */
record Refusal(int status, String reason, String message) {
  /** A 403 that passes: terraform-provider-google#8360 shows one. */
  private static final Set<String> RATE_LIMITS =
      Set.of("rateLimitExceeded", "userRateLimitExceeded");

  /** Of an HTTP answer. */
  static Refusal of(int status, String body) {
    JsonObject error = error(body);
    return new Refusal(
        status,
        error.get("errors") instanceof JsonArray errors
                && !errors.isEmpty()
                && errors.get(0) instanceof JsonObject first
            ? text(first, "reason", "")
            : "",
        text(error, "message", body));
  }

  /** Of a client's exception, whose own words are only "Bad Request": the answer is its cause. */
  static Refusal of(ApiException failed) {
    int status = failed.getStatusCode().getTransportCode() instanceof Integer code ? code : 0;
    return failed.getCause() instanceof HttpResponseException http && http.getContent() != null
        ? of(status, http.getContent())
        : new Refusal(status, "", String.valueOf(failed.getMessage()));
  }

  /** Sends a request that changes something; see {@link #raise}. */
  static <T> T guard(String thing, Supplier<T> request) throws OperationFailed {
    try {
      return request.get();
    } catch (ApiException failed) {
      of(failed).raise(thing);
      throw failed;
    }
  }

  /** Sends a request that only reads; see {@link #raiseIfForbidden}. */
  static <T> T guardRead(String thing, Supplier<T> request) {
    try {
      return request.get();
    } catch (ApiException failed) {
      of(failed).raiseIfForbidden(thing);
      throw failed;
    }
  }

  /**
   * Throws what the stages understand, or returns if asking again may help.
   *
   * @param thing what was asked for
   * @throws OperationFailed for a 400 (magic-modules#13881 shows the one that passes, and
   *     terraform-provider-google#6277 the one of a thing in use) and for a quota that is used up
   * @throws Misconfigured for any other 403
   */
  void raise(String thing) throws OperationFailed {
    if (status == 400 && !reason.equals("resourceNotReady")) {
      throw new OperationFailed(reason.startsWith("resourceInUse") ? reason : "invalid", message);
    }
    if (status == 403 && reason.equals("quotaExceeded")) {
      throw new OperationFailed("quotaExceeded", message);
    }
    raiseIfForbidden(thing);
  }

  /**
   * Throws if a permission, the API or an organization's policy stands in the way; returns if
   * asking again may help.
   */
  void raiseIfForbidden(String thing) {
    if (status == 403 && !RATE_LIMITS.contains(reason)) {
      throw new Misconfigured(
          "permission-denied",
          List.of(new Finding(thing, "that the function's service account may use it", message)),
          "Add the permission to the function's role; then upload again.");
    }
  }

  private static JsonObject error(String body) {
    try {
      return JsonParser.parseString(body) instanceof JsonObject json
              && json.get("error") instanceof JsonObject error
          ? error
          : new JsonObject();
    } catch (JsonParseException noJson) {
      return new JsonObject();
    }
  }

  private static String text(JsonObject object, String key, String standard) {
    return object.get(key) instanceof JsonPrimitive value ? value.getAsString() : standard;
  }
}
