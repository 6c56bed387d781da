package slipway.verdict;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import slipway.alarm.Alarms;
import slipway.alarm.Alert;
import slipway.verdict.Verdict.Answer;
import slipway.verdict.Verdict.Code;

/** What alerts say of a rollout, as {@link Judge} decides. */
final class AlarmJudge {
  private AlarmJudge() {}

  /** An alert that tells of the new version ends its rollout. */
  static Optional<Verdict> bad(Snapshot seen, Progress progress) {
    Alarms alarms = progress.alarms();
    return alarms == null ? Optional.empty() : bad(seen.alerts(), alarms, seen.at());
  }

  /** The same of alerts alone. */
  static Optional<Verdict> bad(List<Alert> alerts, Alarms alarms, Instant now) {
    return alerts.stream()
        .filter(alert -> alarms.isBad(alert, now))
        .findFirst()
        .map(alert -> bad(alert, alarms));
  }

  private static Verdict bad(Alert alert, Alarms alarms) {
    String lag = alarms.lagSeconds() + " s after the first instance of the new version";
    String message =
        "The "
            + text(alert)
            + (alarms.isLate(alert)
                ? ", more than " + lag + "."
                : ", and was still open " + lag + ".");
    return new Verdict(Answer.BAD, Code.ALARM, message, alarms.wasQuiet(alert));
  }

  /** Why nothing goes forward yet, a sentence after a space; empty if it may. */
  static String stop(Snapshot seen, Progress progress) {
    Alarms alarms = progress.alarms();
    if (alarms == null) {
      return "";
    }
    Optional<Instant> end = alarms.lagEnd();
    String until = end.map(at -> " until " + at).orElse("");
    return seen.alerts().stream()
        .filter(alert -> alert.closedAt() == null)
        .findFirst()
        .map(alert -> " Nothing goes forward" + until + ": the " + text(alert) + " and is open.")
        .orElse("");
  }

  private static String text(Alert alert) {
    return "alert "
        + alert.name()
        + " of the policy \""
        + alert.policyName()
        + "\" ("
        + alert.policy()
        + ") opened at "
        + alert.openedAt();
  }
}
