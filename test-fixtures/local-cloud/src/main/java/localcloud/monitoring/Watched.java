package localcloud.monitoring;

import com.google.monitoring.v3.AlertPolicy;
import com.google.monitoring.v3.AlertPolicy.ConditionCombinerType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.stream.Stream;
import localcloud.monitoring.Condition.Truth;
import localcloud.monitoring.Metrics.Minute;
import org.jspecify.annotations.Nullable;

/** One alert policy, what it reads, and the alert that it has open. */
final class Watched {
  /** Of a policy that says nothing else: https://cloud.google.com/monitoring/alerts. */
  private static final Duration AUTO_CLOSE = Duration.ofDays(7);

  private AlertPolicy policy;
  private List<Condition> conditions;
  private @Nullable Alert open;
  private Instant lastKnown = Instant.EPOCH;

  /**
   * Takes a policy.
   *
   * @param labels of the balancer's resource
   */
  Watched(AlertPolicy policy, Map<String, String> labels) {
    this.policy = policy;
    this.conditions = conditions(policy, labels);
  }

  static List<Condition> conditions(AlertPolicy policy, Map<String, String> labels) {
    List<Condition> all = new ArrayList<>();
    for (AlertPolicy.Condition one : policy.getConditionsList()) {
      all.add(Condition.of(one, all.size(), labels));
    }
    return all;
  }

  AlertPolicy policy() {
    return policy;
  }

  void become(AlertPolicy changed, Map<String, String> labels) {
    conditions = conditions(changed, labels);
    policy = changed;
  }

  /** How many minutes it looks back. */
  int reach() {
    return conditions.stream()
        .mapToInt(condition -> condition.alignedMinutes() + condition.lastingMinutes())
        .max()
        .orElse(0);
  }

  /** Opens or closes its alert, by what has become visible at this instant. */
  void evaluate(
      NavigableMap<Instant, Minute> minutes, boolean snoozed, Instant now, List<Alert> all) {
    boolean silent = snoozed || policy.hasEnabled() && !policy.getEnabled().getValue();
    Truth truth = silent ? Truth.NOT_MET : truth(minutes, now);
    lastKnown = truth == Truth.UNKNOWN ? lastKnown : now;
    if (open == null && truth == Truth.MET && lasts(minutes)) {
      open = Alert.opened(policy, now, all.size());
      all.add(open);
    } else if (open != null && truth == Truth.NOT_MET) {
      close(now);
    }
  }

  /** Also at its end: a policy that is deleted has no open alert. */
  void close(Instant now) {
    if (open != null) {
      open.close(now);
      open = null;
    }
  }

  private Truth truth(NavigableMap<Instant, Minute> minutes, Instant now) {
    Truth truth = combined(conditions.stream().map(one -> one.of(aligned(one, minutes, 0))));
    Duration closes =
        policy.getAlertStrategy().hasAutoClose()
            ? Duration.ofSeconds(policy.getAlertStrategy().getAutoClose().getSeconds())
            : AUTO_CLOSE;
    boolean forgotten = truth == Truth.UNKNOWN && !now.isBefore(lastKnown.plus(closes));
    return forgotten ? Truth.NOT_MET : truth;
  }

  /** Whether all conditions that make it so have been met for their whole duration. */
  private boolean lasts(NavigableMap<Instant, Minute> minutes) {
    return combined(
            conditions.stream()
                .map(one -> isMetThroughout(one, minutes) ? Truth.MET : Truth.NOT_MET))
        == Truth.MET;
  }

  private static boolean isMetThroughout(
      Condition condition, NavigableMap<Instant, Minute> minutes) {
    for (int back = 0; back <= condition.lastingMinutes(); back++) {
      if (condition.of(aligned(condition, minutes, back)) != Truth.MET) {
        return false;
      }
    }
    return true;
  }

  /** The minutes that one value is made of, which ended so many minutes before the last. */
  private static List<Minute> aligned(
      Condition condition, NavigableMap<Instant, Minute> minutes, int back) {
    return minutes.descendingMap().values().stream()
        .skip(back)
        .limit(condition.alignedMinutes())
        .toList();
  }

  private Truth combined(Stream<Truth> all) {
    List<Truth> truths = all.toList();
    boolean any = policy.getCombiner() == ConditionCombinerType.OR;
    Truth decisive = any ? Truth.MET : Truth.NOT_MET;
    if (truths.contains(decisive)) {
      return decisive;
    }
    return truths.contains(Truth.UNKNOWN) ? Truth.UNKNOWN : any ? Truth.NOT_MET : Truth.MET;
  }
}
