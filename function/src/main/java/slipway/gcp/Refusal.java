package slipway.gcp;

import com.google.cloud.storage.StorageException;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import slipway.fault.Actor;
import slipway.fault.OperationFailed;

/**
 * A request that Google answered with an HTTP error, and what that means for the deployment.
 *
 * @param status the HTTP status
 * @param reason Google's word, {@code errors[0].reason}, or where there are no such errors the
 *     reason of its {@code ErrorInfo}, or else its {@code status}; empty if the body has none
 * @param message Google's sentence, or the body
 */
record Refusal(int status, String reason, String message) {
  /** Of an HTTP answer. */
  static Refusal of(int status, String body) {
    JsonObject error = error(body);
    return new Refusal(
        status, first(error, "errors").orElseGet(() -> info(error)), text(error, "message", body));
  }

  /** Newer APIs, such as Cloud Monitoring's: https://google.aip.dev/193. */
  private static String info(JsonObject error) {
    return first(error, "details").orElseGet(() -> text(error, "status", ""));
  }

  /** The reason of the first that has one. */
  private static Optional<String> first(JsonObject error, String list) {
    Stream<JsonElement> all =
        error.get(list) instanceof JsonArray array ? array.asList().stream() : Stream.of();
    return all.filter(JsonObject.class::isInstance)
        .map(one -> text((JsonObject) one, "reason", ""))
        .filter(reason -> !reason.isEmpty())
        .findFirst();
  }

  /** Of Cloud Storage's client. */
  static Refusal of(StorageException failed) {
    String reason = Objects.requireNonNullElse(failed.getReason(), "");
    return new Refusal(failed.getCode(), reason, String.valueOf(failed.getMessage()));
  }

  /** What the stages understand. */
  OperationFailed failure() {
    return new OperationFailed(reason, message, status);
  }

  /**
   * Throws if a permission, the API or an organization's policy forbids to read; returns if asking
   * again may help.
   */
  void raiseIfForbidden(String thing) {
    if (status == 403) {
      raiseUnlessPassing("permission-denied", thing);
    }
  }

  /**
   * Throws if asking again cannot help.
   *
   * @param step the code of what was refused
   * @param thing what was asked for
   */
  void raiseUnlessPassing(String step, String thing) {
    OperationFailed failed = failure();
    if (failed.actor() != Actor.RETRY) {
      throw failed.misconfigured(
          new OperationFailed.Step(step, thing, "that the function's service account may use it"),
          "Fix the problem that Google's message names.",
          "Then upload again.");
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
