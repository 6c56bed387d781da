package slipway.record;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import slipway.artifact.VerifiedArtifact;
import slipway.audit.AuditLine;
import slipway.audit.Severity;
import slipway.fault.Fault;
import slipway.fault.Rejection;
import slipway.image.Image;
import slipway.record.DeploymentRecord.Artifact;
import slipway.record.DeploymentRecord.MadeImage;
import slipway.record.GroupState.Instances;
import slipway.record.Records.ChangedMeanwhile;
import slipway.rollout.Overtaken;
import slipway.settings.GroupPath;
import slipway.settings.Target;
import slipway.template.Template;
import slipway.upload.DeploymentId;
import slipway.verdict.Course;
import slipway.verdict.Tally;
import slipway.verdict.Verdict;

/** How each step of a deployment reads in the record and in the log. */
public final class Steps {
  private final Journal journal;

  /** Writes into this. */
  public Steps(Journal journal) {
    this.journal = journal;
  }

  /** The deployment's id. */
  public DeploymentId id() {
    return new DeploymentId(journal.record().id());
  }

  /** What the group ran before this deployment, once an earlier step has noted it. */
  public Optional<String> previousTemplate() {
    return journal.record().groups().stream().findFirst().map(GroupState::previousTemplate);
  }

  /** The course of the rollout, once the group was told. */
  public Optional<Course> course() {
    return journal.record().groups().stream().findFirst().map(GroupState::course);
  }

  /** What the group was told to run; only once there is a {@link #course}. */
  public String newTemplate() {
    return group().newTemplate();
  }

  /** The tarball is what Compute Engine takes. */
  public void proven(VerifiedArtifact artifact) throws ChangedMeanwhile {
    String sha256 = artifact.sha256().hex();
    String object = artifact.upload().object();
    journal.advance(
        Stage.PROVEN,
        record -> record.with(new Artifact(sha256, artifact.diskGib(), null)),
        AuditLine.info(
                "artifact.proven", object + " holds a disk of " + artifact.diskGib() + " GiB.")
            .with("sha256", sha256)
            .with("diskGib", artifact.diskGib()));
  }

  /** The image can be booted. */
  public void imageReady(Image image) throws ChangedMeanwhile {
    journal.advance(
        Stage.IMAGE_READY,
        record -> record.with(new MadeImage(image.name(), false)),
        AuditLine.info("image.created", "Image " + image.name() + " is ready.")
            .with("image", image.name()));
  }

  /** Fields of the source template that were carried along though no library of ours knows them. */
  public void carriedUnknown(List<String> fields) {
    if (!fields.isEmpty()) {
      journal.tell(
          AuditLine.info(
                  "template.unknown-fields",
                  "Carried along, though unknown here: " + String.join(", ", fields) + ".")
              .with("fields", fields));
    }
  }

  /** The template boots the image. */
  public void templateReady(Target target, String previous, Template template)
      throws ChangedMeanwhile {
    String group = target.group().toString();
    journal.advance(
        Stage.TEMPLATE_READY,
        record ->
            record.with(new GroupState(group, 1, "waiting", previous, template.path(), null, null)),
        AuditLine.info("template.created", template.path() + " is made.")
            .with("template", template.path())
            .with("previous", previous));
  }

  /** The group was told; from now on its course counts. */
  public void rolling() throws ChangedMeanwhile {
    GroupState group = group();
    Course course = Course.startingAt(journal.now());
    journal.advance(
        Stage.ROLLING,
        record -> record.with(group.in("rolling").seen(null, course)),
        AuditLine.info("rollout.started", group.group() + " begins to replace its instances.")
            .with("group", group.group())
            .with("from", group.previousTemplate())
            .with("to", group.newTemplate()));
  }

  /** One look at the group; written down where it differs from the one before. */
  public void looked(Tally tally, Course course, Verdict verdict) throws ChangedMeanwhile {
    Instances now = new Instances(tally.total(), tally.fresh(), tally.healthyFresh());
    boolean soaking = verdict.code() == Verdict.Code.SOAKING;
    GroupState next = group().in(soaking ? "soaking" : "rolling").seen(now, course);
    AuditLine line =
        AuditLine.info(
                "rollout.progress",
                verdict.message() + " " + now.fresh() + " of " + now.total() + " are new.")
            .with(
                "instances",
                Map.of("total", now.total(), "new", now.fresh(), "healthyNew", now.healthyNew()));
    if (soaking) {
      journal.advance(Stage.SOAKING, record -> record.with(next), line);
    }
    journal.update(record -> record.with(next), line);
  }

  /**
   * The new version serves.
   *
   * @param familyFault why the family could not be moved to the image, or null if it was
   */
  public void good(Verdict verdict, @Nullable Fault familyFault) throws ChangedMeanwhile {
    String message =
        familyFault == null
            ? verdict.message()
            : verdict.message() + " But its image family: " + familyFault.getMessage();
    String nextStep = familyFault == null ? null : familyFault.nextStep();
    journal.tell(AuditLine.info("verdict.good", verdict.message()));
    journal.advance(
        Stage.DEPLOYED,
        record ->
            record
                .with(group().in("good"))
                .with(Reason.of(verdict.code().toString(), message, nextStep)),
        finished(familyFault == null ? Severity.NOTICE : Severity.ERROR, Stage.DEPLOYED, message));
  }

  /**
   * The new version does not serve, or nobody can tell; the old one is for a person to put back.
   */
  public void bad(Verdict verdict) throws ChangedMeanwhile {
    bad(verdict.code().toString(), verdict.message(), "");
  }

  private void bad(String code, String message, String firstStep) throws ChangedMeanwhile {
    GroupState bad = group().in("bad");
    String nextStep = firstStep + putBack(bad);
    journal.tell(new AuditLine(Severity.ERROR, "verdict.bad", message, Map.of("code", code)));
    journal.advance(
        Stage.ROLLBACK_FAILED,
        record -> record.with(bad).with(Reason.of(code, message, nextStep)),
        finished(Severity.ALERT, Stage.ROLLBACK_FAILED, message + " Next: " + nextStep));
  }

  /** Somebody else's version is in the group. */
  public void superseded(Overtaken overtaken) throws ChangedMeanwhile {
    boolean back = previousTemplate().filter(overtaken::holdsOnly).isPresent();
    String message =
        overtaken.getMessage() + (back ? " It is the one from before: somebody put it back." : "");
    String code = overtaken.byUpload() ? "overtaken" : "foreign-change";
    String nextStep =
        overtaken.byUpload()
            ? "Nothing here: see the record of the other upload."
            : "Find out who changed the group; upload again to deploy this version.";
    Severity severity = overtaken.byUpload() ? Severity.NOTICE : Severity.ALERT;
    journal.tell(AuditLine.info("deployment.superseded", message).with("code", code));
    journal.advance(
        Stage.SUPERSEDED,
        record -> record.with(Reason.of(code, message, nextStep)),
        finished(severity, Stage.SUPERSEDED, message + " Next: " + nextStep));
  }

  /**
   * Somebody must act before this can be deployed, or before a rollout that is under way goes on.
   */
  public void ended(Fault fault) throws ChangedMeanwhile {
    boolean rejected = fault instanceof Rejection;
    String message = String.valueOf(fault.getMessage());
    if (course().isPresent()) {
      bad(fault.code(), message, fault.nextStep() + " Or put the old version back: ");
      return;
    }
    Stage stage = rejected ? Stage.REJECTED : Stage.MISCONFIGURED;
    Severity severity = rejected ? Severity.WARNING : Severity.ERROR;
    if (rejected) {
      journal.tell(
          new AuditLine(severity, "artifact.rejected", message, Map.of("code", fault.code())));
    }
    journal.advance(
        stage,
        record -> record.with(Reason.of(fault.code(), message, fault.nextStep())),
        finished(severity, stage, message + " Next: " + fault.nextStep())
            .with("code", fault.code()));
  }

  private GroupState group() {
    return journal.record().groups().get(0);
  }

  private static AuditLine finished(Severity severity, Stage stage, String message) {
    return new AuditLine(
        severity, "deployment.finished", message, Map.of("outcome", stage.toString()));
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
