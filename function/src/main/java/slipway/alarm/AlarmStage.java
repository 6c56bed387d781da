package slipway.alarm;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import slipway.audit.AuditLine;
import slipway.audit.Severity;
import slipway.fault.Finding;
import slipway.fault.Misconfigured;
import slipway.settings.AlertPolicyPath;
import slipway.settings.Target;

/** Looks at a target's alert policies before a group is patched. */
public final class AlarmStage {
  /** Among how many of a project those that are open already are looked for. */
  private static final int LATEST_ALERTS = 50;

  /** How many alerts of a project are read to know whether a policy was quiet. */
  private static final int MOST_ALERTS = 5000;

  private final Monitoring monitoring;

  public AlarmStage(Monitoring monitoring) {
    this.monitoring = monitoring;
  }

  /**
   * Looks at them before anything is made.
   *
   * @return a line for each alert that is open already, and for each policy that is snoozed and so
   *     will open none
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
    List<AuditLine> lines = new ArrayList<>();
    for (String project : projects(target.alarms())) {
      monitoring
          .alerts(project)
          .limit(LATEST_ALERTS)
          .filter(alert -> alert.closedAt() == null && Alarms.isOfOne(target.alarms(), alert))
          .forEach(alert -> lines.add(open(alert)));
      monitoring.snoozes(project, now).stream()
          .filter(snooze -> !now.isBefore(snooze.from()) && now.isBefore(snooze.until()))
          .forEach(snooze -> lines.addAll(snoozed(target, snooze)));
    }
    return lines;
  }

  private static AuditLine open(Alert alert) {
    return AuditLine.info(
            "alarm.open",
            alert.name()
                + " of the policy \""
                + alert.policyName()
                + "\" is open since "
                + alert.openedAt()
                + ", and so does not count.")
        .with("alert", alert.name());
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
    List<AlertPolicy> policies =
        target.alarms().stream().flatMap(path -> monitoring.policy(path).stream()).toList();
    Duration lag =
        policies.stream().map(AlertPolicy::lag).max(Duration::compareTo).orElse(Lag.VISIBLE);
    Duration soak = target.soaks().values().stream().max(Duration::compareTo).orElseThrow();
    List<AlertPolicyPath> quiet = quiet(policies, patchedAt.minus(soak));
    return new Alarms(target.alarms(), quiet, patchedAt, seconds(lag), null);
  }

  /**
   * The same for a group that a call patched which died: nobody knows whether it was quiet, and
   * whether Monitoring answers or not the group must be looked at.
   */
  public Alarms beginAfterwards(Target target, Instant patchedAt) {
    Duration soak = target.soaks().values().stream().min(Duration::compareTo).orElseThrow();
    return new Alarms(target.alarms(), List.of(), patchedAt, seconds(soak), null);
  }

  /** Those that had no open alert since then; of one that was changed meanwhile nobody knows. */
  private List<AlertPolicyPath> quiet(List<AlertPolicy> policies, Instant since) {
    List<AlertPolicyPath> known =
        policies.stream()
            .filter(policy -> !policy.changedAt().isAfter(since))
            .map(AlertPolicy::path)
            .toList();
    List<Alert> open = new ArrayList<>();
    for (String project : projects(known)) {
      List<Alert> alerts = monitoring.alerts(project).limit(MOST_ALERTS).toList();
      if (alerts.size() == MOST_ALERTS) {
        return List.of();
      }
      alerts.stream().filter(alert -> alert.isOpenSince(since)).forEach(open::add);
    }
    return known.stream()
        .filter(path -> open.stream().noneMatch(alert -> alert.policy().equals(path.id())))
        .toList();
  }

  private static List<String> projects(List<AlertPolicyPath> policies) {
    return policies.stream().map(AlertPolicyPath::project).distinct().toList();
  }

  /** Whole ones, not fewer than there are. */
  private static long seconds(Duration duration) {
    return duration.plusMillis(999).toSeconds();
  }
}
