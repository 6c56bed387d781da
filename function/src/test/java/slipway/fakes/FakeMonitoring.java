package slipway.fakes;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import slipway.alarm.Alert;
import slipway.alarm.AlertPolicy;
import slipway.alarm.Monitoring;
import slipway.settings.AlertPolicyPath;

/** Alert policies, and alerts that open and close when they are told to. */
public final class FakeMonitoring implements Monitoring {
  /** A policy of the balancer's share of failed requests, whose lag is 390 s. */
  public static final AlertPolicyPath ERRORS = new AlertPolicyPath("demo", "101");

  /** Another, which is as late. */
  public static final AlertPolicyPath LATENCY = new AlertPolicyPath("demo", "102");

  private static final String POLICY =
      """
      {"displayName": "share of 5xx", "enabled": true,
        "creationRecord": {"mutateTime": "2026-11-01T00:00:00Z"},
        "conditions": [{"displayName": "too many", "conditionThreshold": {
          "aggregations": [{"alignmentPeriod": "60s"}], "duration": "60s"}}]}
      """;

  private final Map<AlertPolicyPath, JsonObject> policies = new HashMap<>();
  private final Map<String, Alert> alerts = new HashMap<>();
  private final List<Snooze> snoozes = new ArrayList<>();
  private @Nullable RuntimeException lost;

  public FakeMonitoring() {
    put(ERRORS, POLICY);
    put(LATENCY, POLICY);
  }

  /** Makes or changes a policy. */
  public void put(AlertPolicyPath path, String json) {
    policies.put(path, JsonParser.parseString(json).getAsJsonObject());
  }

  /** Takes a policy away. */
  public void delete(AlertPolicyPath path) {
    policies.remove(path);
  }

  /** Keeps policies quiet; nothing is closed by it. */
  public void snooze(Snooze snooze) {
    snoozes.add(snooze);
  }

  /** Opens an alert, unless one of this name was opened before. */
  public void open(AlertPolicyPath policy, String name, Instant at) {
    alerts.putIfAbsent(name, new Alert(name, policy.id(), "share of 5xx", at, null));
  }

  /** Closes it, unless it is. */
  public void close(String name, Instant at) {
    alerts.computeIfPresent(
        name,
        (key, alert) ->
            alert.closedAt() == null
                ? new Alert(name, alert.policy(), alert.policyName(), alert.openedAt(), at)
                : alert);
  }

  /** Whatever is asked fails so; null: nothing does. */
  public void lose(@Nullable RuntimeException failure) {
    lost = failure;
  }

  @Override
  public Optional<AlertPolicy> policy(AlertPolicyPath path) {
    requireAnswer();
    return Optional.ofNullable(policies.get(path)).map(json -> AlertPolicy.of(path, json));
  }

  @Override
  public Stream<Alert> alerts(String project) {
    requireAnswer();
    return alerts.values().stream()
        .sorted(Comparator.comparing(Alert::openedAt).reversed())
        .toList()
        .stream();
  }

  @Override
  public List<Snooze> snoozes(String project, Instant now) {
    requireAnswer();
    return snoozes.stream().filter(snooze -> now.isBefore(snooze.until())).toList();
  }

  private void requireAnswer() {
    if (lost != null) {
      throw lost;
    }
  }
}
