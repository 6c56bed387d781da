package slipway;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import slipway.artifact.ArtifactStage;
import slipway.artifact.VerifiedArtifact;
import slipway.audit.AuditLine;
import slipway.fault.Fault;
import slipway.fault.Finding;
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
import slipway.settings.Target;
import slipway.settings.Targets;
import slipway.template.Template;
import slipway.template.TemplateStage;
import slipway.time.CallOver;
import slipway.time.CallTime;
import slipway.upload.DeploymentId;
import slipway.upload.FinalizeEvent;
import slipway.upload.Upload;
import slipway.verdict.Verdict;
import slipway.verdict.Watch;

/** Takes one upload through all stages. Whatever it throws makes the event come again. */
final class Deployer {
  /** Stands in the id of an upload whose name belongs to no target. */
  private static final String NO_TARGET = "no-target";

  private final Stages stages;
  private final Targets targets;
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

  Deployer(Stages stages, Targets targets, Journal.Desk desk, CallTime time) {
    this.stages = stages;
    this.targets = targets;
    this.desk = desk;
    this.time = time;
  }

  /** Deploys the upload, goes on where an earlier call stopped, or finds that all is done. */
  void deploy(Upload upload)
      throws IOException, OperationFailed, ChangedMeanwhile, CallOver, InterruptedException {
    if (isPassedOver(upload)) {
      return;
    }
    Optional<Target> target = targets.forObject(upload.object());
    String name = target.map(Target::name).orElse(null);
    DeploymentId id = DeploymentId.of(name == null ? NO_TARGET : name, upload);
    Journal journal = Journal.open(desk, upload, id, name);
    if (journal.record().stage().isTerminal()) {
      return;
    }
    Steps steps = new Steps(journal);
    try {
      takeThrough(upload, id, target.orElseThrow(() -> noTarget(upload)), steps);
    } catch (Fault fault) {
      steps.ended(fault);
    } catch (Overtaken overtaken) {
      steps.superseded(overtaken);
    }
  }

  private void takeThrough(Upload upload, DeploymentId id, Target target, Steps steps)
      throws IOException,
          OperationFailed,
          Overtaken,
          ChangedMeanwhile,
          CallOver,
          InterruptedException {
    VerifiedArtifact artifact = stages.artifact().prove(upload, target.maxDiskGib(), time);
    steps.proven(artifact);
    Group group = stages.rollout().inspect(target);
    Image image = stages.image().create(target.name(), id, artifact, time);
    steps.imageReady(image);
    String previous = steps.previousTemplate().orElse(group.templatePaths().get(0));
    String base = Objects.requireNonNullElse(target.baseTemplate(), previous);
    var source = new TemplateStage.Source(base, Labels.of(target.name(), id, artifact));
    Template template = stages.template().create(target, image, source, steps::carriedUnknown);
    steps.templateReady(target, previous, template);
    Rollout rollout = stages.rollout().start(target, template, steps.hasStartedRolling());
    steps.rolling();
    Verdict verdict = stages.watch().follow(rollout, steps.startedAt(), time, steps::looked);
    if (verdict.answer() == Verdict.Answer.GOOD) {
      stages.family().promote(image, target.name());
      steps.good(verdict);
    } else {
      steps.bad(verdict, target.group());
    }
  }

  private boolean isPassedOver(Upload upload) {
    String object = upload.object();
    boolean handoff = FinalizeEvent.isHandoff(object);
    if (handoff || FinalizeEvent.isPartOfComposite(object)) {
      String reason = handoff ? "a hand-off" : "a part of a composite upload";
      desk.audit()
          .write(
              AuditLine.info("upload.passed-over", object + " is " + reason + ", not an upload.")
                  .with("object", object)
                  .with("generation", Long.toString(upload.generation())));
      return true;
    }
    return false;
  }

  private Rejection noTarget(Upload upload) {
    return new Rejection(
        "no-target",
        new Finding(upload.object(), "a name that starts with " + targets.prefixes(), "another"),
        "Rename it and upload it again: gsutil cp FILE gs://"
            + upload.bucket()
            + "/"
            + targets.all().get(0).prefix()
            + "VERSION.tar.gz");
  }
}
