package slipway;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import slipway.artifact.ProofTooSlow;
import slipway.artifact.VerifiedArtifact;
import slipway.deployment.Deployment;
import slipway.deployment.End;
import slipway.deployment.Journal;
import slipway.deployment.RollbackEnd;
import slipway.deployment.Step;
import slipway.fault.Fault;
import slipway.fault.Misconfigured;
import slipway.fault.RefusalTable;
import slipway.fault.Rejection;
import slipway.image.Image;
import slipway.image.ImageStage;
import slipway.record.DeploymentRecord.Trouble;
import slipway.record.Stage;
import slipway.rollout.Made;
import slipway.rollout.Overtaken;
import slipway.rollout.Rollout;
import slipway.settings.GroupPath;
import slipway.settings.ImageSettings;
import slipway.settings.Settings;
import slipway.settings.Target;
import slipway.time.CallOver;
import slipway.time.CallTime;
import slipway.upload.DeploymentId;
import slipway.verdict.Verdict;

/** Takes one upload through all stages, to its good end or back; each call goes on from there. */
final class Deployer {
  private final Stages stages;
  private final Remains remains;
  private final Settings settings;

  Deployer(Stages stages, Settings settings) {
    this.stages = stages;
    this.remains = new Remains(stages, settings.targets());
    this.settings = settings;
  }

  /** The story: prove, make the image, roll it out group by group, then serve it or go back. */
  private void deploy(Deployment deployment) throws IOException, CallOver, Overtaken {
    Image image = provenImage(deployment);
    Waves waves = new Waves(stages, deployment);
    for (GroupPath group : deployment.target().groups()) {
      waves.makeTemplate(group, image);
      Verdict verdict = waves.roll(group);
      if (!verdict.isGood()) {
        turnBack(verdict, deployment);
        return;
      }
    }
    serve(image, waves, deployment);
  }

  /** Goes on from where the record stands. */
  void run(Journal journal, CallTime time) throws IOException, CallOver {
    try {
      Patience.requireFewCalls(journal.record());
      Deployment deployment = of(journal, time);
      Patience.requireMovement(deployment);
      run(deployment);
    } catch (Overtaken overtaken) {
      remains.settle(journal, time, overtaken);
      journal.write(new End.Superseded(overtaken));
    } catch (Fault fault) {
      remains.settle(journal, time);
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
    Target target = TargetChoice.of(journal.record(), settings.targets());
    return new Deployment(journal, target, stages.states(), time);
  }

  /** The image of an earlier call, or one made of what is proven now. */
  private Image provenImage(Deployment deployment) throws IOException, CallOver, Overtaken {
    if (deployment.image().isPresent()) {
      // One that was overtaken may have begun to delete it.
      deployment.ownership().requireNoneLater();
      return stages.image().made(deployment.image().get());
    }
    if (deployment.stage() == Stage.PROVEN) {
      // Known to be good: no need to read it again while the target is on hold.
      deployment.gate().requireOpen();
    }
    boolean begun = deployment.stage() != Stage.RECEIVED;
    VerifiedArtifact artifact = prove(deployment);
    if (deployment.isRewritten() && !BlockedDigests.isInsisted(deployment.upload())) {
      throw Overtaken.byRewriting(deployment.upload().object());
    }
    ImageSettings settings = Inspection.of(stages, deployment, artifact).image();
    deployment.ownership().requireNoneLater();
    deployment.gate().requireOpen();
    return make(
        new ImageStage.Wanted(deployment.target().name(), deployment.id(), artifact, settings),
        deployment,
        begun);
  }

  private VerifiedArtifact prove(Deployment deployment) throws IOException, CallOver {
    VerifiedArtifact artifact = read(deployment);
    deployment.write(new Step.Proven(artifact));
    if (BlockedDigests.isInsistedOn(deployment)) {
      BlockedDigests.unblock(deployment);
    }
    return artifact;
  }

  /** Too slow once may be the function's own trouble; twice in a row it is the upload's size. */
  private VerifiedArtifact read(Deployment deployment) throws IOException {
    try {
      return stages.artifact().prove(deployment.upload(), deployment.target(), deployment.time());
    } catch (ProofTooSlow slow) {
      Trouble trouble = deployment.trouble();
      if (trouble != null && trouble.slowProof()) {
        throw slow.rejection();
      }
      throw slow;
    }
  }

  /** One of the same bytes that served well before, or a new one. */
  private Image make(ImageStage.Wanted wanted, Deployment deployment, boolean begun)
      throws IOException, CallOver {
    deployment.time().beat();
    DeploymentId id = deployment.id();
    try {
      Optional<Image> again = stages.image().reuse(wanted, deployment.goodImages());
      Image image = again.isPresent() ? again.get() : stages.image().create(wanted, begun);
      remains.forgetCopy(id, deployment::log);
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
    for (Rollout rollout : waves.rollouts()) {
      deployment.ownership().requireHeld(stages.rollout().read(rollout.group()), rollout);
    }
    deployment.ownership().unseen(waves.unseen());
    if (waves.seen().isEmpty()) {
      deployment.ownership().leave(deployment.made(Made.Fate.UNUSED));
      deployment.write(new End.Deployed(waves.lastVerdict(), null));
      return;
    }
    deployment.ownership().good(waves.seen(), deployment.made(Made.Fate.GOOD));
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

  private static void turnBack(Verdict verdict, Deployment deployment) throws CallOver {
    if (verdict.isOfTheDisk()) {
      BlockedDigests.block(deployment);
    }
    deployment.write(new Step.TurnedBack(verdict.code().toString(), verdict.message()));
  }

  /**
   * Before a group was patched there is nothing to go back from; afterwards a refusal of Google's
   * that nobody knows is asked again until the progress deadline.
   */
  private static void turnBack(Fault fault, Deployment deployment) throws IOException, CallOver {
    if (!deployment.isPatched()) {
      throw fault;
    }
    if (fault.code().equals(RefusalTable.UNNAMED_CODE) && !Patience.isOver(deployment)) {
      throw new IOException(fault.getMessage(), fault);
    }
    deployment.write(new Step.TurnedBack(fault.code(), fault.whole()));
  }
}
