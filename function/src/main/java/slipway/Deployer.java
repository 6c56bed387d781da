package slipway;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import slipway.artifact.Commands;
import slipway.artifact.VerifiedArtifact;
import slipway.deployment.Deployment;
import slipway.deployment.End;
import slipway.deployment.Journal;
import slipway.deployment.RollbackEnd;
import slipway.deployment.Step;
import slipway.fault.Fault;
import slipway.fault.Finding;
import slipway.fault.Misconfigured;
import slipway.fault.Rejection;
import slipway.image.Image;
import slipway.record.DeploymentRecord;
import slipway.record.Stage;
import slipway.rollout.Overtaken;
import slipway.settings.GroupPath;
import slipway.settings.Settings;
import slipway.settings.Target;
import slipway.time.CallOver;
import slipway.time.CallTime;
import slipway.upload.DeploymentId;
import slipway.upload.Upload;
import slipway.verdict.Verdict;

/** Takes one upload through all stages, to its good end or back; each call goes on from there. */
final class Deployer {
  /** The longest total deadline, a day, in calls of the shortest kind, with room to spare. */
  private static final int MOST_CALLS = 2000;

  private final Stages stages;
  private final Settings settings;

  Deployer(Stages stages, Settings settings) {
    this.stages = stages;
    this.settings = settings;
  }

  /** The story: prove, make the image, roll it out group by group, then serve it or go back. */
  private void deploy(Deployment deployment) throws IOException, CallOver, Overtaken {
    Image image = image(deployment);
    Waves waves = new Waves(stages, deployment);
    for (GroupPath group : deployment.target().groups()) {
      waves.makeTemplate(group, image);
      Verdict verdict = waves.roll(group);
      if (!verdict.isGood()) {
        turnBack(verdict, waves.consoles(), deployment);
        return;
      }
    }
    serve(image, waves, deployment);
  }

  /** Goes on from where the record stands. */
  void run(Journal journal, CallTime time) throws IOException, CallOver {
    try {
      requireFewCalls(journal.record());
      run(of(journal, time));
    } catch (Overtaken overtaken) {
      forgetCopy(journal.record());
      if (overtaken.by() == Overtaken.By.LATER_UPLOAD) {
        stages.prune().leftovers(of(journal, time));
      }
      journal.write(new End.Superseded(overtaken));
    } catch (Fault fault) {
      forgetCopy(journal.record());
      boolean patched = journal.record().isPatched();
      journal.write(patched ? new RollbackEnd.RollbackFailed(fault) : new End.Refused(fault));
    }
  }

  private void run(Deployment deployment) throws IOException, CallOver, Overtaken {
    if (deployment.upload().isPlan()) {
      new Planner(stages, settings.targets()).plan(deployment);
      return;
    }
    try {
      if (deployment.stage() != Stage.ROLLING_BACK) {
        deploy(deployment);
      }
    } catch (Fault fault) {
      turnBack(fault, deployment);
    }
    if (deployment.stage() == Stage.ROLLING_BACK) {
      stages.rollback().run(deployment);
    }
  }

  private Deployment of(Journal journal, CallTime time) {
    return new Deployment(journal, target(journal.record()), stages.states(), time);
  }

  /** The image of an earlier call, or one made of what is proven now. */
  private Image image(Deployment deployment) throws IOException, CallOver, Overtaken {
    if (deployment.image().isPresent()) {
      // One that was overtaken may have begun to delete it.
      deployment.ownership().requireNoneLater();
      return stages.image().made(deployment.image().get());
    }
    if (deployment.stage() == Stage.PROVEN) {
      // Known to be good: no need to read it again while the target is on hold.
      deployment.requireNoHold();
    }
    VerifiedArtifact artifact = prove(deployment);
    stages.rollout().inspect(deployment.target());
    deployment.ownership().requireNoneLater();
    deployment.requireNoHold();
    return make(artifact, deployment);
  }

  private VerifiedArtifact prove(Deployment deployment) throws IOException, CallOver {
    VerifiedArtifact artifact =
        stages.artifact().prove(deployment.upload(), deployment.target(), deployment.time());
    deployment.write(new Step.Proven(artifact));
    if (BlockedDigests.isInsistedOn(deployment)) {
      BlockedDigests.unblock(deployment);
    }
    return artifact;
  }

  /** One of the same bytes that served well before, or a new one. */
  private Image make(VerifiedArtifact artifact, Deployment deployment)
      throws IOException, CallOver {
    deployment.time().beat();
    DeploymentId id = deployment.id();
    try {
      Optional<Image> again = stages.image().reuse(id, deployment.goodImages());
      Image image =
          again.isPresent()
              ? again.get()
              : stages.image().create(deployment.target().name(), id, artifact);
      deployment.write(new Step.ImageReady(image, again.isPresent()));
      return image;
    } catch (Rejection refused) {
      if (refused.code().equals("image-refused")) {
        BlockedDigests.block(deployment);
      }
      throw refused;
    }
  }

  private void serve(Image image, Waves waves, Deployment deployment)
      throws IOException, CallOver, Overtaken {
    waves.requireUnchanged();
    deployment.ownership().unseen(waves.unseen());
    if (waves.seen().isEmpty()) {
      deployment.write(new End.Deployed(waves.lastVerdict(), null));
      return;
    }
    deployment.ownership().good(waves.seen());
    deployment.write(new End.Deployed(waves.lastVerdict(), promote(image, deployment)));
    stages.prune().run(deployment, settings.targets());
  }

  /** The new version serves whatever becomes of its family: that fault is told beside the end. */
  private @Nullable Fault promote(Image image, Deployment deployment) throws IOException, CallOver {
    deployment.time().beat();
    try {
      Image made = stages.image().made(image.name());
      stages.family().promote(made, deployment.target().name(), deployment.ownership()::isLastGood);
      return null;
    } catch (Misconfigured fault) {
      return fault;
    }
  }

  private void turnBack(Verdict verdict, List<String> consoles, Deployment deployment)
      throws IOException, CallOver {
    if (verdict.isOfTheDisk()) {
      BlockedDigests.block(deployment);
    }
    deployment.write(new Step.TurnedBack(verdict.code().toString(), verdict.message(), consoles));
  }

  /** Before a group was patched there is nothing to go back from. */
  private static void turnBack(Fault fault, Deployment deployment) throws CallOver {
    if (!deployment.isPatched()) {
      throw fault;
    }
    String message = fault.getMessage() + " " + fault.nextStep();
    deployment.write(new Step.TurnedBack(fault.code(), message, List.of()));
  }

  /** A call may have died between making the private copy and deleting it. */
  private void forgetCopy(DeploymentRecord record) {
    boolean made = record.artifact() != null && !record.upload().asUpload().isPlan();
    if (made && record.image() == null) {
      stages.image().forget(new DeploymentId(record.id()));
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
    return settings
        .targets()
        .named(record.target())
        .orElseThrow(() -> noTarget(record.upload().asUpload()));
  }

  private Rejection noTarget(Upload upload) {
    String file = upload.object().substring(upload.object().lastIndexOf('/') + 1);
    String renamed = Commands.path(settings.targets().all().get(0).prefix() + file);
    String bucket = "gs://" + upload.bucket() + (upload.isPlan() ? "/plan/" : "/");
    return new Rejection(
        "no-target",
        new Finding(
            "the object's name", "a start of " + settings.targets().prefixes(), upload.object()),
        "mv " + Commands.path(file) + " " + renamed + " && gsutil cp " + renamed + " " + bucket);
  }
}
