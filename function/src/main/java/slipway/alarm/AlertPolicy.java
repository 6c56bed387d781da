package slipway.alarm;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import slipway.settings.AlertPolicyPath;

/**
 * An alert policy.
 *
 * @param path where it is
 * @param displayName what it is called, for people
 * @param fault why it opens no alert in good time, in words that follow "found"; null if it does
 * @param lag how long after something happens its slowest condition may open an alert
 * @param changedAt when it was last changed
 */
public record AlertPolicy(
    AlertPolicyPath path,
    String displayName,
    @Nullable String fault,
    Duration lag,
    Instant changedAt) {

  /** Of Monitoring's resource {@code AlertPolicy}. */
  public static AlertPolicy of(AlertPolicyPath path, JsonObject json) {
    List<JsonObject> conditions =
        json.get("conditions") instanceof JsonArray all
            ? all.asList().stream().map(JsonElement::getAsJsonObject).toList()
            : List.of();
    return new AlertPolicy(
        path,
        text(json, "displayName").orElse(path.id()),
        fault(json, conditions),
        conditions.stream()
            .flatMap(condition -> Lag.of(condition).stream())
            .max(Duration::compareTo)
            .orElse(Lag.VISIBLE),
        changedAt(json));
  }

  private static @Nullable String fault(JsonObject json, List<JsonObject> conditions) {
    if (json.get("enabled") instanceof JsonPrimitive enabled && !enabled.getAsBoolean()) {
      return "a disabled one";
    }
    if (json.get("validity") instanceof JsonObject invalid && code(invalid) != 0) {
      return "one that Monitoring calls invalid: " + text(invalid, "message").orElse("");
    }
    return conditions.stream()
        .filter(condition -> Lag.of(condition).isEmpty())
        .findFirst()
        .map(condition -> "the condition " + text(condition, "displayName").orElse("") + " of it")
        .orElse(null);
  }

  /** A {@code google.rpc.Status} that says nothing is OK. */
  private static int code(JsonObject status) {
    return status.get("code") instanceof JsonPrimitive code ? code.getAsInt() : 0;
  }

  private static Instant changedAt(JsonObject json) {
    return Stream.of("creationRecord", "mutationRecord")
        .map(json::get)
        .filter(JsonObject.class::isInstance)
        .flatMap(record -> text((JsonObject) record, "mutateTime").stream())
        .map(Instant::parse)
        .max(Instant::compareTo)
        .orElse(Instant.EPOCH);
  }

  private static Optional<String> text(JsonObject json, String key) {
    return json.get(key) instanceof JsonPrimitive value
        ? Optional.of(Objects.requireNonNull(value.getAsString()))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return '"' + displayName + "\" (" + path + ")";
  }
}
