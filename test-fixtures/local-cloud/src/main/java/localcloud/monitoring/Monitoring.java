package localcloud.monitoring;

import com.google.monitoring.v3.AlertPolicy;
import com.google.monitoring.v3.MutationRecord;
import com.google.monitoring.v3.Snooze;
import com.google.protobuf.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import localcloud.monitoring.Metrics.Minute;
import localcloud.world.refusals.ApiException;

/**
 * Alert policies over the balancer's metrics, which are sampled every 60 s and visible 210 s later:
 * Google's "up to" is taken as always. A policy is evaluated once for each minute, when that
 * becomes visible; so alerts depend on cloud time alone and not on who looks. Begins anew with each
 * start.
 */
public final class Monitoring {
  private static final Duration SAMPLED = Duration.ofSeconds(60);
  private static final Duration VISIBLE = Duration.ofSeconds(210);

  private final String project;
  private final InstantSource clock;
  private final Metrics metrics;
  private final Map<String, String> labels;
  private final Map<String, Watched> policies = new LinkedHashMap<>();
  private final Map<String, Snooze> snoozes = new LinkedHashMap<>();
  private final List<Alert> alerts = new ArrayList<>();
  private final NavigableMap<Instant, Minute> minutes = new TreeMap<>();
  private Instant next;
  private long lastId;

  /**
   * Begins without policies.
   *
   * @param project the only one there is
   * @param labels of the balancer's resource, by which a filter may choose it
   */
  public Monitoring(
      String project, InstantSource clock, Metrics metrics, Map<String, String> labels) {
    this.project = project;
    this.clock = clock;
    this.metrics = metrics;
    this.labels = Map.copyOf(labels);
    Instant now = clock.instant();
    next = Instant.ofEpochSecond(now.getEpochSecond() / 60 * 60);
    lastId = now.toEpochMilli() * 1_000_000;
  }

  /** Evaluates all minutes that have become visible. */
  public synchronized void advance() {
    Instant now = clock.instant();
    for (; !now.isBefore(next.plus(SAMPLED).plus(VISIBLE)); next = next.plus(SAMPLED)) {
      minutes.put(next, metrics.minute(next));
      Instant at = next.plus(SAMPLED).plus(VISIBLE);
      policies
          .values()
          .forEach(one -> one.evaluate(minutes, isSnoozed(one.policy(), at), at, alerts));
      int reach = policies.values().stream().mapToInt(Watched::reach).max().orElse(0);
      while (minutes.size() > Math.max(reach, 1)) {
        minutes.pollFirstEntry();
      }
    }
  }

  /** The labels of the balancer's resource. */
  Map<String, String> labels() {
    return labels;
  }

  /** A minute that is over for so long that it is visible; empty if it is not yet. */
  Optional<Minute> visible(Instant start) {
    Instant from = start.plus(SAMPLED).plus(VISIBLE);
    return clock.instant().isBefore(from) ? Optional.empty() : Optional.of(metrics.minute(start));
  }

  private boolean isSnoozed(AlertPolicy policy, Instant at) {
    return snoozes.values().stream()
        .filter(snooze -> snooze.getCriteria().getPoliciesList().contains(policy.getName()))
        .anyMatch(
            snooze ->
                !at.isBefore(instant(snooze.getInterval().getStartTime()))
                    && at.isBefore(instant(snooze.getInterval().getEndTime())));
  }

  /** The names of the policies that there are, the oldest first. */
  public synchronized List<String> names() {
    return List.copyOf(policies.keySet());
  }

  synchronized AlertPolicy create(AlertPolicy wanted) {
    PolicyRules.check(wanted);
    String name = "projects/" + project + "/alertPolicies/" + id();
    MutationRecord record = record();
    AlertPolicy made =
        PolicyRules.named(wanted, name, this::id).toBuilder()
            .setCreationRecord(record)
            .setMutationRecord(record)
            .build();
    advance();
    policies.put(name, new Watched(made, labels));
    return made;
  }

  synchronized AlertPolicy update(String name, UnaryOperator<AlertPolicy> change) {
    Watched watched = watched(name);
    AlertPolicy changed = change.apply(watched.policy());
    PolicyRules.check(changed);
    advance();
    AlertPolicy next =
        PolicyRules.named(changed, name, this::id).toBuilder()
            .setCreationRecord(watched.policy().getCreationRecord())
            .setMutationRecord(record())
            .build();
    watched.become(next, labels);
    return next;
  }

  synchronized void delete(String name) {
    watched(name).close(clock.instant());
    policies.remove(name);
  }

  synchronized AlertPolicy policy(String name) {
    return watched(name).policy();
  }

  synchronized List<AlertPolicy> policies() {
    return policies.values().stream().map(Watched::policy).toList();
  }

  private Watched watched(String name) {
    Watched found = policies.get(name);
    if (found == null) {
      throw notFound("alerting policy", name);
    }
    return found;
  }

  /** The latest opened last. */
  synchronized List<Alert> alerts() {
    advance();
    return List.copyOf(alerts);
  }

  synchronized Alert alert(String name) {
    return alerts().stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow(() -> notFound("alert", name));
  }

  synchronized Snooze snooze(Snooze wanted) {
    wanted.getCriteria().getPoliciesList().forEach(this::watched);
    String name = "projects/" + project + "/snoozes/" + id();
    Snooze made = wanted.toBuilder().setName(name).build();
    advance();
    snoozes.put(name, made);
    return made;
  }

  synchronized Snooze updateSnooze(String name, UnaryOperator<Snooze> change) {
    advance();
    Snooze changed = change.apply(snoozeNamed(name));
    snoozes.put(name, changed);
    return changed;
  }

  synchronized Snooze snoozeNamed(String name) {
    Snooze found = snoozes.get(name);
    if (found == null) {
      throw notFound("snooze", name);
    }
    return found;
  }

  synchronized Collection<Snooze> snoozes() {
    return List.copyOf(snoozes.values());
  }

  private static ApiException notFound(String what, String name) {
    return new ApiException(404, "notFound", "Cannot find " + what + " " + name + ".");
  }

  private String id() {
    lastId += 1 + lastId % 7;
    return Long.toString(lastId);
  }

  private MutationRecord record() {
    Instant now = clock.instant();
    return MutationRecord.newBuilder()
        .setMutateTime(
            Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()))
        .build();
  }

  static Instant instant(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }
}
