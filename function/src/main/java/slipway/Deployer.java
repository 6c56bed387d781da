package slipway;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import slipway.artifact.ArtifactStage;
import slipway.artifact.Commands;
import slipway.artifact.VerifiedArtifact;
import slipway.fault.Fault;
import slipway.fault.Finding;
import slipway.fault.Misconfigured;
import slipway.fault.OperationFailed;
import slipway.fault.Rejection;
import slipway.image.Family;
import slipway.image.Image;
import slipway.image.ImageStage;
import slipway.prune.Prune;
import slipway.record.Deployment;
import slipway.record.DeploymentRecord;
import slipway.record.Ending;
import slipway.record.Journal;
import slipway.record.Records.ChangedMeanwhile;
import slipway.record.Stage;
import slipway.rollback.Consoles;
import slipway.rollback.Rollback;
import slipway.rollout.Overtaken;
import slipway.rollout.RolloutStage;
import slipway.rollout.TargetStates;
import slipway.settings.Settings;
import slipway.settings.Target;
import slipway.settings.Targets;
import slipway.template.TemplateStage;
import slipway.time.CallOver;
import slipway.time.CallTime;
import slipway.upload.DeploymentId;
import slipway.upload.Upload;
import slipway.verdict.Verdict;
import slipway.verdict.Watch;

/** Takes one upload through all stages, to its good end or back; each call goes on from there. */
final class Deployer {
  /** The longest total deadline, a day, in calls of the shortest kind, with room to spare. */
  private static final int MOST_CALLS = 2000;

  private final Stages stages;
  private final Settings settings;

  /** The stages, in their order. */
  record Stages(
      ArtifactStage artifact,
      ImageStage image,
      TemplateStage template,
      RolloutStage rollout,
      TargetStates states,
      Watch watch,
      Family family,
      Consoles consoles,
      Rollback rollback,
      Prune prune) {}

  Deployer(Stages stages, Settings settings) {
    this.stages = stages;
    this.settings = settings;
  }

  /** Goes on from where the record stands. */
  void deploy(Journal journal, CallTime time)
      throws IOException, OperationFailed, ChangedMeanwhile, CallOver, InterruptedException {
    Ending ending = new Ending(journal);
    try {
      requireFewCalls(journal.record());
      takeThrough(of(journal, time));
    } catch (Overtaken seen) {
      forgetCopy(journal.record());
      Deployment deployment = of(journal, time);
      Overtaken overtaken = deployment.ownership().explain(seen);
      if (overtaken.byUpload()) {
        stages.prune().leftovers(deployment);
      }
      ending.superseded(overtaken);
    } catch (Fault fault) {
      forgetCopy(journal.record());
      ending.refused(fault);
    }
  }

  private Deployment of(Journal journal, CallTime time) {
    return Deployment.of(journal, target(journal.record()), stages.states(), time);
  }

  /** A call may have died between making the private copy and deleting it. */
  private void forgetCopy(DeploymentRecord record) {
    boolean made = record.artifact() != null && !record.upload().asUpload().isPlan();
    if (made && record.image() == null) {
      stages.image().forget(new DeploymentId(record.id()));
    }
  }

  private void takeThrough(Deployment deployment)
      throws IOException,
          OperationFailed,
          Overtaken,
          ChangedMeanwhile,
          CallOver,
          InterruptedException {
    if (deployment.steps().upload().isPlan()) {
      new Planner(stages, settings.targets()).plan(deployment);
    } else if (deployment.steps().stage() == Stage.ROLLING_BACK || !rollsOut(deployment)) {
      stages.rollback().run(deployment);
    }
  }

  /** Whether it came to its good end; if not, it is told to go back. */
  private boolean rollsOut(Deployment deployment)
      throws IOException,
          OperationFailed,
          Overtaken,
          ChangedMeanwhile,
          CallOver,
          InterruptedException {
    try {
      Image image = image(deployment);
      Waves waves = new Waves(stages, deployment, image);
      Verdict verdict = waves.follow();
      if (verdict.answer() == Verdict.Answer.GOOD) {
        deployment.ownership().good(waves.rollouts());
        deployment.ending().deployed(verdict, promote(image, deployment));
        stages.prune().run(deployment, settings.targets());
        return true;
      }
      hold(deployment, verdict.isOfTheDisk());
      deployment.ending().bad(verdict.code().toString(), verdict.message(), waves.consoles());
    } catch (Fault fault) {
      if (!deployment.steps().isTold()) {
        throw fault;
      }
      deployment.ending().bad(fault.code(), fault.getMessage() + " " + fault.nextStep(), List.of());
    }
    return false;
  }

  /** The image of an earlier call, or one made of what is proven now. */
  private Image image(Deployment deployment)
      throws IOException,
          OperationFailed,
          Overtaken,
          ChangedMeanwhile,
          CallOver,
          InterruptedException {
    Optional<String> made = deployment.steps().image();
    if (made.isPresent()) {
      // One that was overtaken may have begun to delete it.
      deployment.ownership().requireNoneLater();
      return stages.image().made(made.get());
    }
    if (deployment.steps().stage() == Stage.PROVEN) {
      // Known to be good: no need to read it again while the target is on hold.
      deployment.requireNoHold();
    }
    Target target = deployment.target();
    Upload upload = deployment.steps().upload();
    VerifiedArtifact artifact = stages.artifact().prove(upload, target, deployment.time());
    deployment.steps().proven(artifact);
    if (HeldTarball.isInsistedOn(deployment)) {
      deployment.ownership().hold(deployment.steps().sha256(), false);
    }
    stages.rollout().inspect(target);
    deployment.ownership().requireNoneLater();
    deployment.requireNoHold();
    return imageOf(artifact, deployment);
  }

  /** One of the same bytes that served well before, or a new one. */
  private Image imageOf(VerifiedArtifact artifact, Deployment deployment)
      throws IOException, OperationFailed, ChangedMeanwhile, CallOver, InterruptedException {
    deployment.time().beat();
    Target target = deployment.target();
    DeploymentId id = deployment.steps().id();
    try {
      Optional<Image> again =
          stages.image().reuse(id, deployment.steps().goodImages(target), deployment.time().now());
      Image image =
          again.isPresent()
              ? again.get()
              : stages.image().create(target.name(), id, artifact, deployment.time());
      deployment.steps().imageReady(image, again.isPresent());
      return image;
    } catch (Rejection refused) {
      hold(deployment, refused.code().equals("image-refused"));
      throw refused;
    }
  }

  /** The same bytes are refused from now on. */
  private static void hold(Deployment deployment, boolean ofTheDisk) throws OperationFailed {
    if (ofTheDisk) {
      deployment.ownership().hold(deployment.steps().sha256(), true);
    }
  }

  /** The new version serves whatever becomes of its family: that fault is told beside the end. */
  private @Nullable Fault promote(Image image, Deployment deployment)
      throws OperationFailed, CallOver, InterruptedException {
    deployment.time().beat();
    try {
      Image made = stages.image().made(image.name());
      stages.family().promote(made, deployment.target().name(), deployment.ownership()::isLastGood);
      return null;
    } catch (Misconfigured fault) {
      return fault;
    }
  }

  private static void requireFewCalls(DeploymentRecord record) {
    if (record.n() >= MOST_CALLS) {
      throw new Misconfigured(
          "too-many-calls",
          List.of(new Finding("the deployment", "an end within " + MOST_CALLS + " calls", "none")),
          "See in the log what each call did; then upload again.");
    }
  }

  /** The target that the record names: its prefix may have changed since the deployment began. */
  private Target target(DeploymentRecord record) {
    return settings.targets().all().stream()
        .filter(target -> target.name().equals(record.target()))
        .findFirst()
        .orElseThrow(() -> noTarget(record.upload().asUpload()));
  }

  private Rejection noTarget(Upload upload) {
    Targets targets = settings.targets();
    String file = upload.object().substring(upload.object().lastIndexOf('/') + 1);
    String renamed = Commands.path(targets.all().get(0).prefix() + file);
    String folder = upload.isPlan() ? "/plan/" : "/";
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
            + folder);
  }
}
