package slipway;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import slipway.artifact.ArtifactStage;
import slipway.artifact.VerifiedArtifact;
import slipway.audit.AuditLine;
import slipway.fault.Fault;
import slipway.fault.Finding;
import slipway.fault.Misconfigured;
import slipway.fault.OperationFailed;
import slipway.fault.Rejection;
import slipway.image.Family;
import slipway.image.Image;
import slipway.image.ImageStage;
import slipway.image.Labels;
import slipway.record.Journal;
import slipway.record.Records.ChangedMeanwhile;
import slipway.record.Steps;
import slipway.rollout.Group;
import slipway.rollout.Overtaken;
import slipway.rollout.Rollout;
import slipway.rollout.RolloutStage;
import slipway.settings.Settings;
import slipway.settings.Target;
import slipway.settings.Targets;
import slipway.template.Template;
import slipway.template.TemplateStage;
import slipway.time.CallOver;
import slipway.time.CallTime;
import slipway.upload.Commands;
import slipway.upload.DeploymentId;
import slipway.upload.FinalizeEvent;
import slipway.upload.Upload;
import slipway.verdict.Course;
import slipway.verdict.Verdict;
import slipway.verdict.Watch;

/** Takes one upload through all stages. Whatever it throws makes the event come again. */
final class Deployer {
  /** Stands in the id of an upload whose name belongs to no target. */
  private static final String NO_TARGET = "no-target";

  private final Stages stages;
  private final Settings settings;
  private final Journal.Desk desk;
  private final CallTime time;

  /** The stages of one call, in their order. */
  record Stages(
      ArtifactStage artifact,
      ImageStage image,
      TemplateStage template,
      RolloutStage rollout,
      Watch watch,
      Family family) {}

  Deployer(Stages stages, Settings settings, Journal.Desk desk, CallTime time) {
    this.stages = stages;
    this.settings = settings;
    this.desk = desk;
    this.time = time;
  }

  /** Deploys the upload, goes on where an earlier call stopped, or finds that all is done. */
  void deploy(Upload upload)
      throws IOException, OperationFailed, ChangedMeanwhile, CallOver, InterruptedException {
    if (isPassedOver(upload)) {
      return;
    }
    String name = settings.targets().forObject(upload.object()).map(Target::name).orElse(null);
    DeploymentId id = DeploymentId.of(name == null ? NO_TARGET : name, upload);
    Journal journal = Journal.open(desk, upload, id, name);
    if (journal.record().stage().isTerminal()) {
      return;
    }
    Steps steps = new Steps(journal);
    try {
      takeThrough(upload, target(journal.record().target(), upload), steps);
    } catch (Fault fault) {
      steps.ended(fault);
    } catch (Overtaken overtaken) {
      steps.superseded(overtaken);
    }
  }

  private void takeThrough(Upload upload, Target target, Steps steps)
      throws IOException,
          OperationFailed,
          Overtaken,
          ChangedMeanwhile,
          CallOver,
          InterruptedException {
    if (steps.course().isEmpty()) {
      begin(upload, target, steps);
    }
    Rollout rollout = stages.rollout().underWay(target, steps.newTemplate());
    Course course = steps.course().orElseThrow();
    Verdict verdict = stages.watch().follow(rollout, course, time, steps::looked);
    if (verdict.answer() == Verdict.Answer.GOOD) {
      steps.good(verdict, promote(steps.id(), target));
    } else {
      steps.bad(verdict);
    }
  }

  private void begin(Upload upload, Target target, Steps steps)
      throws IOException,
          OperationFailed,
          Overtaken,
          ChangedMeanwhile,
          CallOver,
          InterruptedException {
    VerifiedArtifact artifact = stages.artifact().prove(upload, target.maxDiskGib(), time);
    steps.proven(artifact);
    Group group = stages.rollout().inspect(target);
    Image image = stages.image().create(target.name(), steps.id(), artifact, time);
    steps.imageReady(image);
    String previous = steps.previousTemplate().orElse(group.templatePaths().get(0));
    String base = Objects.requireNonNullElse(target.baseTemplate(), previous);
    var source = new TemplateStage.Source(base, Labels.of(target.name(), steps.id(), artifact));
    Template template = stages.template().create(target, image, source, steps::carriedUnknown);
    steps.templateReady(target, previous, template);
    stages.rollout().start(target, template);
    steps.rolling();
  }

  /** The new version serves whatever becomes of its family: that fault is told beside the end. */
  private @Nullable Fault promote(DeploymentId id, Target target)
      throws OperationFailed, CallOver, InterruptedException {
    try {
      stages.family().promote(stages.image().made(id), target.name());
      return null;
    } catch (Misconfigured fault) {
      return fault;
    }
  }

  private boolean isPassedOver(Upload upload) {
    Optional<String> reason = reasonToPassOver(upload);
    reason.ifPresent(
        text ->
            desk.audit()
                .write(
                    AuditLine.info("upload.passed-over", upload.object() + " is " + text + ".")
                        .with("object", upload.object())
                        .with("generation", Long.toString(upload.generation()))));
    return reason.isPresent();
  }

  private Optional<String> reasonToPassOver(Upload upload) {
    if (!upload.bucket().equals(settings.buckets().uploads())) {
      return Optional.of("in " + upload.bucket() + ", which is not UPLOADS_BUCKET");
    }
    if (FinalizeEvent.isHandoff(upload.object())) {
      return Optional.of("a hand-off, not an upload");
    }
    if (FinalizeEvent.isPartOfComposite(upload.object())) {
      return Optional.of("a part of a composite upload");
    }
    return desk.records().hasRoomFor(upload)
        ? Optional.empty()
        : Optional.of("too long a name to keep a record of: upload it under a shorter one");
  }

  /** The target that the record names: its prefix may have changed since the deployment began. */
  private Target target(@Nullable String name, Upload upload) {
    return settings.targets().all().stream()
        .filter(target -> target.name().equals(name))
        .findFirst()
        .orElseThrow(() -> noTarget(upload));
  }

  private Rejection noTarget(Upload upload) {
    Targets targets = settings.targets();
    String file = upload.object().substring(upload.object().lastIndexOf('/') + 1);
    String renamed = Commands.path(targets.all().get(0).prefix() + file);
    return new Rejection(
        "no-target",
        new Finding("the object's name", "a start of " + targets.prefixes(), upload.object()),
        "mv "
            + Commands.path(file)
            + " "
            + renamed
            + " && gsutil cp "
            + renamed
            + " gs://"
            + upload.bucket()
            + "/");
  }
}
