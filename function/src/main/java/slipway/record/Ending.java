package slipway.record;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import slipway.audit.AuditLine;
import slipway.audit.Severity;
import slipway.fault.Fault;
import slipway.fault.Rejection;
import slipway.record.GroupState.State;
import slipway.record.Records.ChangedMeanwhile;
import slipway.rollout.Overtaken;
import slipway.settings.GroupPath;
import slipway.verdict.Verdict;

/** How each end of a deployment, and the turn to going back, reads in the record and in the log. */
public final class Ending {
  /** Why a deployment ended as superseded: by a later upload. */
  static final String OVERTAKEN = "overtaken";

  private final Journal journal;

  /** Writes into this. */
  public Ending(Journal journal) {
    this.journal = journal;
  }

  /**
   * The new version serves.
   *
   * @param familyFault why the family could not be moved to the image, or null if it was
   */
  public void deployed(Verdict verdict, @Nullable Fault familyFault) throws ChangedMeanwhile {
    String message =
        familyFault == null
            ? verdict.message()
            : verdict.message() + " But its image family: " + familyFault.getMessage();
    String nextStep = familyFault == null ? null : familyFault.nextStep();
    journal.end(Stage.DEPLOYED, Reason.of(verdict.code().toString(), message, nextStep));
  }

  /** What would be done is known, and nothing was. */
  public void planned(Plan plan, String nextStep) throws ChangedMeanwhile {
    journal.update(
        record -> record.with(plan),
        AuditLine.info("deployment.planned", plan.sentence())
            .with("create", plan.create().size())
            .with("patch", plan.patch().size())
            .with("prune", plan.prune())
            .with("obstacles", plan.obstacles()));
    journal.end(Stage.PLANNED, Reason.of("planned", plan.sentence(), nextStep));
  }

  /** The new version does not serve, or nobody can tell: the groups go back. */
  public void bad(String code, String message, List<String> consoles) throws ChangedMeanwhile {
    Reason reason = new Reason(code, message, null, consoles);
    journal.advance(
        Stage.ROLLING_BACK,
        record -> marked(record).with(reason),
        new AuditLine(Severity.ERROR, "verdict.bad", message, Map.of("code", code)));
  }

  private static DeploymentRecord marked(DeploymentRecord record) {
    DeploymentRecord marked = record;
    for (GroupState group : record.groups()) {
      boolean judged = group.state() != State.WAITING && group.state() != State.GOOD;
      marked = judged ? marked.with(group.in(State.BAD)) : marked;
    }
    return marked;
  }

  /** Every group is at its last known good again. */
  public void rolledBack() throws ChangedMeanwhile {
    Reason bad = journal.record().verdict();
    String consoles =
        bad.consoles().isEmpty()
            ? ""
            : " What the instances said is in " + String.join(", ", bad.consoles()) + ".";
    journal.end(
        Stage.ROLLED_BACK,
        new Reason(
            bad.code(),
            bad.message() + " Every group runs its last known good version again.",
            "Mend the disk and upload it under a new name." + consoles,
            bad.consoles()));
  }

  /** The groups, or one of them, could not be put back. */
  public void rollbackFailed(String code, String message) throws ChangedMeanwhile {
    Reason bad = journal.record().verdict();
    String first = bad.message() == null ? "" : bad.message() + " Going back: ";
    journal.end(
        Stage.ROLLBACK_FAILED, new Reason(code, first + message, putBack(), bad.consoles()));
  }

  /** Another version is in the group, or a later upload owns the target. */
  public void superseded(Overtaken overtaken) throws ChangedMeanwhile {
    boolean back =
        journal.record().groups().stream()
            .anyMatch(group -> overtaken.holdsOnly(group.previousTemplate()));
    String message =
        overtaken.getMessage() + (back ? " It is the one from before: somebody put it back." : "");
    String code = overtaken.byUpload() ? OVERTAKEN : "foreign-change";
    String nextStep =
        overtaken.byUpload()
            ? "Nothing here: see the record of the other upload."
            : "Find out who changed the group; upload again to deploy this version.";
    journal.tell(AuditLine.info("deployment.superseded", message).with("code", code));
    journal.end(Stage.SUPERSEDED, Reason.of(code, message, nextStep));
  }

  /** Somebody must act before this can be deployed, or before groups that were told go on. */
  public void refused(Fault fault) throws ChangedMeanwhile {
    boolean rejected = fault instanceof Rejection;
    String message = String.valueOf(fault.getMessage());
    if (journal.record().groups().stream().anyMatch(group -> group.course() != null)) {
      rollbackFailed(fault.code(), message);
      return;
    }
    if (rejected) {
      journal.tell(
          new AuditLine(
              Severity.WARNING, "artifact.rejected", message, Map.of("code", fault.code())));
    }
    journal.end(
        rejected ? Stage.REJECTED : Stage.MISCONFIGURED,
        Reason.of(fault.code(), message, fault.nextStep()));
  }

  private String putBack() {
    return journal.record().groups().stream()
        .filter(group -> group.course() != null && group.state() != State.ROLLED_BACK)
        .map(Ending::putBack)
        .reduce((one, other) -> one + " && " + other)
        .orElse("Look at the groups of the target.");
  }

  private static String putBack(GroupState group) {
    GroupPath path = GroupPath.of(group.group()).orElseThrow();
    return "gcloud compute instance-groups managed rolling-action start-update "
        + path.name()
        + " --version=template="
        + group.previousTemplate()
        + (path.isRegional() ? " --region=" : " --zone=")
        + path.place()
        + " --project="
        + path.project();
  }
}
