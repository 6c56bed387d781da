package slipway;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import slipway.artifact.ArtifactStage;
import slipway.artifact.VerifiedArtifact;
import slipway.fault.Fault;
import slipway.fault.Finding;
import slipway.fault.Misconfigured;
import slipway.fault.OperationFailed;
import slipway.image.Family;
import slipway.image.Image;
import slipway.image.ImageStage;
import slipway.image.Labels;
import slipway.record.DeploymentRecord;
import slipway.record.Journal;
import slipway.record.Records;
import slipway.record.Records.ChangedMeanwhile;
import slipway.record.Steps;
import slipway.rollout.Group;
import slipway.rollout.Overtaken;
import slipway.rollout.Rollout;
import slipway.rollout.RolloutStage;
import slipway.settings.Settings;
import slipway.settings.Target;
import slipway.template.Template;
import slipway.template.TemplateStage;
import slipway.time.CallOver;
import slipway.time.CallTime;
import slipway.upload.DeploymentId;
import slipway.upload.Handoff;
import slipway.upload.Upload;
import slipway.verdict.Course;
import slipway.verdict.Verdict;
import slipway.verdict.Watch;

/** Takes one upload through all stages. Whatever it throws makes the event come again. */
final class Deployer {
  /** The longest total deadline, a day, in calls of the shortest kind, with room to spare. */
  private static final int MOST_TURNS = 2000;

  /** Stands in the id of an upload whose name belongs to no target. */
  private static final String NO_TARGET = "no-target";

  private final Stages stages;
  private final Intake intake;
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
    this.intake = new Intake(settings, desk);
    this.desk = desk;
    this.time = time;
  }

  /**
   * Deploys what was uploaded, goes on where an earlier call stopped, or finds that all is done. On
   * return nothing is left that this event could still be needed for.
   */
  void deploy(Upload event)
      throws IOException, OperationFailed, ChangedMeanwhile, CallOver, InterruptedException {
    if (event.object().equals(Handoff.SWEEP)) {
      sweep(event.generation());
    } else if (!intake.isPassedOver(event)) {
      Optional<Handoff> note = Handoff.of(event);
      Optional<Journal> journal =
          note.isPresent() ? Journal.open(desk, note.get()) : Optional.of(begun(event));
      if (journal.isPresent()) {
        goOn(journal.get(), note.map(Handoff::n).orElse(0));
      } else {
        intake.passOver(event, "a note of no deployment");
      }
    }
  }

  private Journal begun(Upload upload) throws ChangedMeanwhile {
    String name = intake.targetName(upload);
    DeploymentId id = DeploymentId.of(name == null ? NO_TARGET : name, upload);
    return Journal.open(desk, upload, id, name);
  }

  /** Works on it if the event is of its present turn; one of an earlier turn was handed on. */
  private void goOn(Journal journal, int turn)
      throws IOException, OperationFailed, ChangedMeanwhile, CallOver, InterruptedException {
    DeploymentRecord record = journal.record();
    if (record.stage().isTerminal() || turn > record.n()) {
      return;
    }
    if (turn < record.n()) {
      desk.handoffs().write(record.handoff());
      return;
    }
    journal.take();
    time.keep(journal::keep);
    try {
      work(record, new Steps(journal));
    } catch (CallOver over) {
      if (over.isTaken()) {
        throw over;
      }
      journal.handOn();
    } catch (IOException | OperationFailed | RuntimeException failed) {
      release(journal, failed);
      throw failed;
    }
  }

  private static void release(Journal journal, Exception failed) {
    try {
      journal.release();
    } catch (ChangedMeanwhile | RuntimeException kept) {
      failed.addSuppressed(kept);
    }
  }

  private void work(DeploymentRecord record, Steps steps)
      throws IOException, OperationFailed, ChangedMeanwhile, CallOver, InterruptedException {
    Upload upload = record.upload().asUpload();
    try {
      if (record.n() >= MOST_TURNS) {
        throw new Misconfigured(
            "too-many-calls",
            List.of(
                new Finding("the deployment", "to end within " + MOST_TURNS + " calls", "no end")),
            "See in the log what each call did; then upload again.");
      }
      takeThrough(upload, intake.target(record.target(), upload), steps);
    } catch (Fault fault) {
      steps.ended(fault);
    } catch (Overtaken overtaken) {
      steps.superseded(overtaken);
    }
  }

  /** Deployments whose event was lost go on, each in a call of its own. */
  private void sweep(long number) {
    for (Records.Stored open : desk.records().open()) {
      if (!open.record().isHeld(time.now())) {
        desk.handoffs().writeAgain(open.record().handoff(), number);
      }
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
    time.beat();
    Image image = stages.image().create(target.name(), steps.id(), artifact, time);
    steps.imageReady(image);
    String previous = steps.previousTemplate().orElse(group.templatePaths().get(0));
    String base = Objects.requireNonNullElse(target.baseTemplate(), previous);
    var source = new TemplateStage.Source(base, Labels.of(target.name(), steps.id(), artifact));
    time.beat();
    Template template = stages.template().create(target, image, source, steps::carriedUnknown);
    steps.templateReady(target, previous, template);
    time.beat();
    stages.rollout().start(target, template);
    steps.rolling();
  }

  /** The new version serves whatever becomes of its family: that fault is told beside the end. */
  private @Nullable Fault promote(DeploymentId id, Target target)
      throws OperationFailed, CallOver, InterruptedException {
    time.beat();
    try {
      stages.family().promote(stages.image().made(id), target.name());
      return null;
    } catch (Misconfigured fault) {
      return fault;
    }
  }
}
