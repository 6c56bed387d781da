package slipway.deployment;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import slipway.audit.AuditLine;
import slipway.audit.Severity;
import slipway.fault.Fault;
import slipway.fault.Recalled;
import slipway.fault.Rejection;
import slipway.record.DeploymentRecord;
import slipway.record.Explanation;
import slipway.record.Plan;
import slipway.record.Stage;
import slipway.record.Uploaded;
import slipway.rollout.Overtaken;
import slipway.verdict.Verdict;

/** How a deployment ends: its last stage, what the record says of it, and how the log has it. */
public sealed interface End
    permits End.Deployed, End.Planned, End.Superseded, End.Refused, RollbackEnd {
  /** The deployment's last stage. */
  Stage stage();

  /** Why it ended so, and what to do next. */
  Explanation explanation(DeploymentRecord before);

  /** The record after the end. */
  default DeploymentRecord apply(DeploymentRecord before, Instant now) {
    return before.with(explanation(before)).reaching(stage(), now);
  }

  /** A line before the last one; empty for most. */
  default Optional<AuditLine> line(DeploymentRecord before) {
    return Optional.empty();
  }

  /** The deployment's first line in the log. */
  static AuditLine firstLine(DeploymentRecord first) {
    Uploaded upload = first.upload();
    String how =
        first.image() == null
            ? upload.object() + " was uploaded, " + upload.sizeBytes() + " bytes."
            : upload.object() + " asks for image " + first.image().name() + " again.";
    return AuditLine.info("upload.received", how)
        .with("object", upload.object())
        .with("generation", upload.generation())
        .with("metadata", upload.metadata());
  }

  /**
   * The deployment's last line in the log; by the record alone, so that any later call writes the
   * same.
   */
  static AuditLine lastLine(DeploymentRecord record) {
    Explanation why = record.verdict();
    String message =
        why.nextStep() == null ? why.message() : why.message() + " Next: " + why.nextStep();
    Duration took =
        Duration.between(
            record.upload().timeCreated(), Objects.requireNonNull(record.finishedAt()));
    return new AuditLine(
            severity(record),
            "deployment.finished",
            String.valueOf(message),
            Map.of("outcome", record.stage().toString()))
        .with("code", String.valueOf(why.code()))
        .with("seconds", took.toSeconds());
  }

  /** The line of a deployment that people want back. */
  static AuditLine recalled(String code, String message) {
    return new AuditLine(Severity.NOTICE, "deployment.recalled", message, Map.of("code", code));
  }

  private static Severity severity(DeploymentRecord record) {
    Explanation why = record.verdict();
    return switch (record.stage()) {
      case DEPLOYED -> why.nextStep() == null ? Severity.NOTICE : Severity.ERROR;
      case REJECTED -> Severity.WARNING;
      case ROLLBACK_FAILED -> Severity.ALERT;
      case SUPERSEDED ->
          Overtaken.By.FOREIGN_CHANGE.code().equals(why.code()) ? Severity.ALERT : Severity.NOTICE;
      case PLANNED -> Severity.NOTICE;
      case ROLLED_BACK ->
          Recalled.is(String.valueOf(why.code())) ? Severity.NOTICE : Severity.ERROR;
      default -> Severity.ERROR;
    };
  }

  /**
   * The new version serves.
   *
   * @param familyFault why the family could not be moved to the image, or null if it was
   */
  record Deployed(Verdict verdict, @Nullable Fault familyFault) implements End {
    @Override
    public Stage stage() {
      return Stage.DEPLOYED;
    }

    @Override
    public Explanation explanation(DeploymentRecord before) {
      String code = verdict.code().toString();
      return familyFault == null
          ? Explanation.of(code, verdict.message(), null)
          : Explanation.of(
              code,
              verdict.message()
                  + " But its image family was not moved: "
                  + familyFault.getMessage(),
              familyFault.nextStep());
    }
  }

  /** It is known what would be done, and nothing was. */
  record Planned(Plan plan, String nextStep) implements End {
    @Override
    public Stage stage() {
      return Stage.PLANNED;
    }

    @Override
    public Explanation explanation(DeploymentRecord before) {
      return Explanation.of("planned", plan.sentence(), nextStep);
    }

    @Override
    public DeploymentRecord apply(DeploymentRecord before, Instant now) {
      return End.super.apply(before.with(plan), now);
    }

    @Override
    public Optional<AuditLine> line(DeploymentRecord before) {
      return Optional.of(
          AuditLine.info("deployment.planned", plan.sentence())
              .with("create", plan.create().size())
              .with("patch", plan.patch().size())
              .with("prune", plan.prune())
              .with("obstacles", plan.obstacles()));
    }
  }

  /** Another version is in a group, or a later upload owns the target. */
  record Superseded(Overtaken overtaken) implements End {
    @Override
    public Stage stage() {
      return Stage.SUPERSEDED;
    }

    @Override
    public Explanation explanation(DeploymentRecord before) {
      String nextStep =
          switch (overtaken.by()) {
            case LATER_UPLOAD -> "Nothing to do: see the record of the other upload.";
            case REWRITTEN ->
                "To go back to these bytes, upload them under a new name; to deploy this object all"
                    + " the same, upload it with the metadata retry=true.";
            case FOREIGN_CHANGE ->
                "Find out who changed the group; upload again to deploy this version.";
          };
      return Explanation.of(overtaken.by().code(), message(before), nextStep);
    }

    @Override
    public Optional<AuditLine> line(DeploymentRecord before) {
      return Optional.of(
          AuditLine.info("deployment.superseded", message(before))
              .with("code", overtaken.by().code()));
    }

    private String message(DeploymentRecord before) {
      boolean back =
          before.groups().stream().anyMatch(group -> overtaken.foundOnly(group.previousTemplate()));
      return overtaken.getMessage()
          + (back ? " That is the previous version: somebody put it back." : "");
    }
  }

  /** Somebody must act before this can be deployed; no group was patched. */
  record Refused(Fault fault) implements End {
    @Override
    public Stage stage() {
      if (fault instanceof Recalled) {
        return Stage.ROLLED_BACK;
      }
      return fault instanceof Rejection ? Stage.REJECTED : Stage.MISCONFIGURED;
    }

    @Override
    public Explanation explanation(DeploymentRecord before) {
      return Explanation.of(fault.code(), String.valueOf(fault.getMessage()), fault.nextStep());
    }

    @Override
    public Optional<AuditLine> line(DeploymentRecord before) {
      if (fault instanceof Recalled) {
        return Optional.of(recalled(fault.code(), String.valueOf(fault.getMessage())));
      }
      return fault instanceof Rejection
          ? Optional.of(
              new AuditLine(
                  Severity.WARNING,
                  "artifact.rejected",
                  String.valueOf(fault.getMessage()),
                  Map.of("code", fault.code())))
          : Optional.empty();
    }
  }
}
