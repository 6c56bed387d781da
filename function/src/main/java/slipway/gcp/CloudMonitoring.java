package slipway.gcp;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import slipway.alarm.Alert;
import slipway.alarm.AlertPolicy;
import slipway.alarm.Monitoring;
import slipway.settings.AlertPolicyPath;

/**
 * Cloud Monitoring's API v3 over plain HTTP: its client for Java speaks gRPC alone and does not
 * know alerts (google-cloud-monitoring 3.89.0).
 */
final class CloudMonitoring implements Monitoring {
  /** What a look needs is on the first page. */
  private static final String FIRST_PAGE = "50";

  /** Google's most. */
  private static final String NEXT_PAGES = "1000";

  private final RawCalls calls;

  CloudMonitoring(Clients clients) {
    calls = RawCalls.toMonitoring(clients);
  }

  @Override
  public Optional<AlertPolicy> policy(AlertPolicyPath path) {
    return calls.get(path.toString()).map(json -> AlertPolicy.of(path, json));
  }

  /** Without an order Google's is that of openTime, descending; a filter's words are not told. */
  @Override
  public Stream<Alert> alerts(String project) {
    return pages("projects/" + project + "/alerts", Map.of())
        .flatMap(page -> items(page, "alerts"))
        .map(CloudMonitoring::alert);
  }

  @Override
  public List<Snooze> snoozes(String project, Instant now) {
    Map<String, String> notOver = Map.of("filter", "interval.end_time > \"" + now + "\"");
    return pages("projects/" + project + "/snoozes", notOver)
        .flatMap(page -> items(page, "snoozes"))
        .map(CloudMonitoring::snooze)
        .toList();
  }

  private Stream<JsonObject> pages(String path, Map<String, String> query) {
    JsonObject first = page(path, query, FIRST_PAGE, "");
    return Stream.iterate(
        first,
        Objects::nonNull,
        before -> {
          String next = text(before, "nextPageToken");
          return next.isEmpty() ? null : page(path, query, NEXT_PAGES, next);
        });
  }

  private JsonObject page(String path, Map<String, String> query, String size, String token) {
    Map<String, String> all = new TreeMap<>(query);
    all.put("pageSize", size);
    if (!token.isEmpty()) {
      all.put("pageToken", token);
    }
    return calls
        .get(path, all)
        .orElseThrow(() -> new UncheckedIOException(new IOException(path + ": HTTP 404")));
  }

  private static Stream<JsonObject> items(JsonObject page, String key) {
    return page.get(key) instanceof JsonArray all
        ? all.asList().stream().map(JsonElement::getAsJsonObject)
        : Stream.of();
  }

  /** The policy's name may hold the project's number instead of its id. */
  private static Alert alert(JsonObject json) {
    JsonObject policy = object(json, "policy");
    String path = text(policy, "name");
    return new Alert(
        text(json, "name"),
        Operations.lastPart(path),
        text(policy, "displayName"),
        Instant.parse(text(json, "openTime")),
        closedAt(json));
  }

  private static @Nullable Instant closedAt(JsonObject json) {
    String closed = text(json, "closeTime");
    return closed.isEmpty() || text(json, "state").equals("OPEN") ? null : Instant.parse(closed);
  }

  private static Snooze snooze(JsonObject json) {
    JsonObject interval = object(json, "interval");
    List<String> policies =
        object(json, "criteria").get("policies") instanceof JsonArray all
            ? all.asList().stream().map(one -> Operations.lastPart(one.getAsString())).toList()
            : List.of();
    return new Snooze(
        policies,
        Instant.parse(text(interval, "startTime")),
        Instant.parse(text(interval, "endTime")));
  }

  private static JsonObject object(JsonObject json, String key) {
    return json.get(key) instanceof JsonObject part ? part : new JsonObject();
  }

  private static String text(JsonObject json, String key) {
    return json.get(key) instanceof JsonPrimitive value ? value.getAsString() : "";
  }
}
