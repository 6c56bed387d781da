package slipway.alarm;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import slipway.audit.AuditLine;
import slipway.audit.Severity;
import slipway.fault.Finding;
import slipway.fault.Misconfigured;
import slipway.settings.AlertPolicyPath;
import slipway.settings.Target;

/** Looks at a target's alert policies before a group is patched. */
public final class AlarmStage {
  /** How many alerts of a project are read to know whether a policy was quiet. */
  private static final int MOST_ALERTS = 5000;

  private final Monitoring monitoring;

  public AlarmStage(Monitoring monitoring) {
    this.monitoring = monitoring;
  }

  /**
   * Looks at them before anything is made.
   *
   * @return a line for each that is snoozed, since it will open no alert
   * @throws Misconfigured if one is not there, opens no alert, or does so later than a soak lasts
   */
  public List<AuditLine> inspect(Target target, Instant now) {
    List<Finding> findings = new ArrayList<>();
    for (AlertPolicyPath path : target.alarms()) {
      monitoring
          .policy(path)
          .ifPresentOrElse(
              policy -> check(target, policy, findings),
              () -> findings.add(finding(target, "an alert policy that exists", path.toString())));
    }
    if (!findings.isEmpty()) {
      throw new Misconfigured(
          "alarms",
          findings,
          "Change the alert policy, or the target in TARGETS; then upload again.");
    }
    return projects(target).stream()
        .flatMap(project -> monitoring.snoozes(project, now).stream())
        .filter(snooze -> !now.isBefore(snooze.from()) && now.isBefore(snooze.until()))
        .flatMap(snooze -> snoozed(target, snooze).stream())
        .toList();
  }

  private static void check(Target target, AlertPolicy policy, List<Finding> findings) {
    if (policy.fault() != null) {
      String expected =
          policy
              + " to be enabled and valid, with conditions on a threshold, on missing data, in"
              + " PromQL or on log entries";
      findings.add(finding(target, expected, policy.fault()));
    }
    target
        .soaks()
        .forEach(
            (key, soak) -> {
              if (soak.compareTo(policy.lag()) < 0) {
                findings.add(
                    new Finding(
                        "TARGETS, " + target.name() + ", " + key,
                        "at least " + seconds(policy.lag()) + ", the lag of " + policy,
                        Long.toString(soak.toSeconds())));
              }
            });
  }

  private static Finding finding(Target target, String expected, String found) {
    return new Finding("TARGETS, " + target.name() + ", alarms", expected, found);
  }

  private static List<AuditLine> snoozed(Target target, Monitoring.Snooze snooze) {
    return target.alarms().stream()
        .filter(path -> snooze.policies().contains(path.id()))
        .map(
            path ->
                new AuditLine(
                    Severity.WARNING,
                    "alarm.snoozed",
                    path
                        + " is snoozed until "
                        + snooze.until()
                        + ": it opens no alert, so that nothing is judged by it.",
                    Map.of("policy", path.toString())))
        .toList();
  }

  /**
   * From when the alerts of a target's policies count.
   *
   * @param patchedAt when its first group is patched
   */
  public Alarms begin(Target target, Instant patchedAt) {
    Duration lag =
        target.alarms().stream()
            .flatMap(path -> monitoring.policy(path).stream())
            .map(AlertPolicy::lag)
            .max(Duration::compareTo)
            .orElse(Lag.VISIBLE);
    return new Alarms(target.alarms(), quiet(target, patchedAt), patchedAt, seconds(lag), null);
  }

  /**
   * The same for a group that a call patched which died: nobody knows whether it was quiet, and
   * whether Monitoring answers or not the group must be looked at.
   */
  public Alarms beginAfterwards(Target target, Instant patchedAt) {
    Duration soak = target.soaks().values().stream().min(Duration::compareTo).orElseThrow();
    return new Alarms(target.alarms(), List.of(), patchedAt, seconds(soak), null);
  }

  /** Whether a policy was quiet is not known for sure of one that was changed meanwhile. */
  private List<AlertPolicyPath> quiet(Target target, Instant now) {
    Duration soak = target.soaks().values().stream().max(Duration::compareTo).orElseThrow();
    Instant from = now.minus(soak);
    List<Alert> open = new ArrayList<>();
    for (String project : projects(target)) {
      List<Alert> alerts = monitoring.alerts(project).limit(MOST_ALERTS).toList();
      if (alerts.size() == MOST_ALERTS) {
        return List.of();
      }
      alerts.stream().filter(alert -> alert.isOpenSince(from)).forEach(open::add);
    }
    return target.alarms().stream()
        .filter(path -> open.stream().noneMatch(alert -> alert.policy().equals(path.id())))
        .filter(path -> isUnchanged(path, from))
        .toList();
  }

  private boolean isUnchanged(AlertPolicyPath path, Instant from) {
    Optional<AlertPolicy> policy = monitoring.policy(path);
    return policy.filter(known -> !known.changedAt().isAfter(from)).isPresent();
  }

  private static List<String> projects(Target target) {
    return target.alarms().stream().map(AlertPolicyPath::project).distinct().toList();
  }

  /** Whole ones, not fewer than there are. */
  private static long seconds(Duration duration) {
    return duration.plusMillis(999).toSeconds();
  }
}
