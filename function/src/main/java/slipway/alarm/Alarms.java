package slipway.alarm;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import slipway.settings.AlertPolicyPath;

/**
 * The alert policies that a deployment is judged by, and which of their alerts count. Kept in the
 * record. Metrics are late: what opens within the lag may tell of the time before the new version.
 *
 * @param policies of the target's settings when its first group was patched
 * @param quiet those of them that had no open alert for the length of a soak before that
 * @param since when that was; an alert opened before does not count
 * @param lagSeconds how long after something happens the slowest of them may open an alert
 * @param firstNewAt when the first new instance was seen; null until then
 */
public record Alarms(
    List<AlertPolicyPath> policies,
    List<AlertPolicyPath> quiet,
    Instant since,
    long lagSeconds,
    @Nullable Instant firstNewAt) {

  public Alarms {
    policies = List.copyOf(policies);
    quiet = List.copyOf(quiet);
  }

  /** The same once a new instance was seen. */
  public Alarms seeingNew(Instant now) {
    return firstNewAt == null ? new Alarms(policies, quiet, since, lagSeconds, now) : this;
  }

  /** The alerts that count so far, the latest first. */
  public List<Alert> read(Monitoring monitoring) {
    return policies.stream()
        .map(AlertPolicyPath::project)
        .distinct()
        .flatMap(
            project ->
                monitoring
                    .alerts(project)
                    .takeWhile(alert -> !alert.openedAt().isBefore(since))
                    .filter(alert -> isOfOne(policies, alert)))
        .toList();
  }

  /** When the lag after the first new instance is over; empty until that is known. */
  public Optional<Instant> lagEnd() {
    return Optional.ofNullable(firstNewAt).map(first -> first.plusSeconds(lagSeconds));
  }

  /** Whether an alert opened so late that it tells of the new version, whether it lasts or not. */
  public boolean isLate(Alert alert) {
    return lagEnd().filter(end -> !alert.openedAt().isBefore(end)).isPresent();
  }

  /** Whether it tells of the new version: it is late, or was still open when the lag was over. */
  public boolean isBad(Alert alert, Instant now) {
    return isLate(alert)
        || lagEnd().filter(end -> !now.isBefore(end) && alert.isOpenSince(end)).isPresent();
  }

  /** Whether its policy was quiet before the new version came. */
  public boolean wasQuiet(Alert alert) {
    return isOfOne(quiet, alert);
  }

  static boolean isOfOne(List<AlertPolicyPath> policies, Alert alert) {
    return policies.stream().anyMatch(policy -> policy.id().equals(alert.policy()));
  }
}
