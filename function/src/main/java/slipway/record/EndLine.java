package slipway.record;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import slipway.audit.AuditLine;
import slipway.audit.Severity;

/** How the log tells of an end; by the record alone, so that any later call tells the same. */
final class EndLine {
  private EndLine() {}

  static AuditLine of(DeploymentRecord record) {
    Reason reason = record.verdict();
    String message =
        reason.nextStep() == null
            ? reason.message()
            : reason.message() + " Next: " + reason.nextStep();
    Duration took =
        Duration.between(
            record.upload().timeCreated(), Objects.requireNonNull(record.finishedAt()));
    return new AuditLine(
            severity(record),
            "deployment.finished",
            String.valueOf(message),
            Map.of("outcome", record.stage().toString()))
        .with("code", String.valueOf(reason.code()))
        .with("seconds", took.toSeconds());
  }

  private static Severity severity(DeploymentRecord record) {
    Reason reason = record.verdict();
    return switch (record.stage()) {
      case DEPLOYED -> reason.nextStep() == null ? Severity.NOTICE : Severity.ERROR;
      case REJECTED -> Severity.WARNING;
      case ROLLBACK_FAILED -> Severity.ALERT;
      case SUPERSEDED -> Ending.OVERTAKEN.equals(reason.code()) ? Severity.NOTICE : Severity.ALERT;
      case PLANNED -> Severity.NOTICE;
      default -> Severity.ERROR;
    };
  }
}
