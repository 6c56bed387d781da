package slipway.gcp;

import com.google.gson.JsonObject;
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
        .flatMap(page -> Json.objects(page, "alerts").stream())
        .map(CloudMonitoring::alert);
  }

  @Override
  public List<Snooze> snoozes(String project, Instant now) {
    Map<String, String> notOver = Map.of("filter", "interval.end_time > \"" + now + "\"");
    return pages("projects/" + project + "/snoozes", notOver)
        .flatMap(page -> Json.objects(page, "snoozes").stream())
        .map(CloudMonitoring::snooze)
        .toList();
  }

  private Stream<JsonObject> pages(String path, Map<String, String> query) {
    JsonObject first = page(path, query, FIRST_PAGE, "");
    return Stream.iterate(
        first,
        Objects::nonNull,
        before -> {
          String next = Json.text(before, "nextPageToken");
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

  /** The policy's name may hold the project's number instead of its id. */
  private static Alert alert(JsonObject json) {
    JsonObject policy = Json.at(json, "policy");
    String path = Json.text(policy, "name");
    return new Alert(
        Json.text(json, "name"),
        Json.last(path),
        Json.text(policy, "displayName"),
        Instant.parse(Json.text(json, "openTime")),
        closedAt(json));
  }

  private static @Nullable Instant closedAt(JsonObject json) {
    String closed = Json.text(json, "closeTime");
    return closed.isEmpty() || Json.text(json, "state").equals("OPEN")
        ? null
        : Instant.parse(closed);
  }

  private static Snooze snooze(JsonObject json) {
    JsonObject interval = Json.at(json, "interval");
    List<String> policies = Json.texts(Json.at(json, "criteria"), "policies");
    return new Snooze(
        policies.stream().map(Json::last).toList(),
        Instant.parse(Json.text(interval, "startTime")),
        Instant.parse(Json.text(interval, "endTime")));
  }
}
