package slipway.deployment;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import slipway.audit.AuditLine;
import slipway.audit.Severity;
import slipway.record.DeploymentRecord;
import slipway.record.Explanation;
import slipway.record.GroupState.State;
import slipway.settings.GroupPath;

/** A step of a group that gets the new version everywhere only if a person approves. */
public sealed interface ApprovalStep extends GroupStep {
  /**
   * Before all of the group's instances follow, a person must approve.
   *
   * @param within how long there is time for it
   * @param url where the approval is awaited
   */
  record Awaited(GroupPath path, Duration within, String url) implements ApprovalStep {
    private static final String CODE = "waiting-for-approval";

    @Override
    public DeploymentRecord apply(DeploymentRecord before, Instant now) {
      Instant since = isAsked(before) ? Objects.requireNonNull(group(before).askedAt()) : now;
      return before.with(group(before).asked(since)).with(explanation(before, since));
    }

    @Override
    public Optional<AuditLine> line(DeploymentRecord before) {
      return isAsked(before)
          ? Optional.empty()
          : Optional.of(
              new AuditLine(
                      Severity.NOTICE,
                      "approval.awaited",
                      before.target() + " waits for approval of " + digest(before) + ".",
                      Map.of("sha256", digest(before), "seconds", within.toSeconds()))
                  .with("group", path.toString()));
    }

    private boolean isAsked(DeploymentRecord record) {
      return group(record).state() == State.WAITING_FOR_APPROVAL;
    }

    private Explanation explanation(DeploymentRecord before, Instant since) {
      String message =
          before.target()
              + " waits for approval of "
              + digest(before)
              + " until "
              + since.plus(within)
              + ".";
      String approve = "echo " + digest(before) + " | gsutil cp - " + url;
      return new Explanation(CODE, message, approve, before.verdict().consoles());
    }

    private static String digest(DeploymentRecord record) {
      return Objects.requireNonNull(record.artifact()).sha256().hex();
    }
  }

  /**
   * A person approved.
   *
   * @param url of the approval
   */
  record Given(GroupPath path, String url) implements ApprovalStep {
    @Override
    public DeploymentRecord apply(DeploymentRecord before, Instant now) {
      return Awaited.CODE.equals(before.verdict().code())
          ? before.with(new Explanation(null, null, null, before.verdict().consoles()))
          : before;
    }

    @Override
    public Optional<AuditLine> line(DeploymentRecord before) {
      return Optional.of(
          AuditLine.info("approval.given", before.target() + " was approved by " + url + ".")
              .with("group", path.toString())
              .with("approval", url));
    }
  }
}
