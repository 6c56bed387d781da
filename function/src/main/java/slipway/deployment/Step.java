package slipway.deployment;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import slipway.artifact.VerifiedArtifact;
import slipway.audit.AuditLine;
import slipway.audit.Severity;
import slipway.fault.Recalled;
import slipway.image.Image;
import slipway.record.DeploymentRecord;
import slipway.record.DeploymentRecord.Artifact;
import slipway.record.DeploymentRecord.MadeImage;
import slipway.record.Explanation;
import slipway.record.GroupState;
import slipway.record.GroupState.State;
import slipway.record.Stage;
import slipway.settings.SigningKey;

/**
 * Something that a deployment did or met: how the record changes with it, and how the log has it. A
 * step itself is never stored.
 */
public sealed interface Step
    permits Step.Proven,
        Step.ImageReady,
        Step.HoldMet,
        Step.HoldReleased,
        Step.ConsolesKept,
        Step.TurnedBack,
        GroupStep {
  /** The record after the step; an equal one if the step was written before. */
  DeploymentRecord apply(DeploymentRecord before, Instant now);

  /** The step's line in the log; empty if the record alone keeps it. */
  Optional<AuditLine> line(DeploymentRecord before);

  /** The tarball is what Compute Engine takes. */
  record Proven(VerifiedArtifact artifact) implements Step {
    @Override
    public DeploymentRecord apply(DeploymentRecord before, Instant now) {
      String signedBy = artifact.signedBy().map(SigningKey::fingerprint).orElse(null);
      return before.stage() == Stage.RECEIVED
          ? before
              .with(new Artifact(artifact.sha256(), artifact.diskGib(), signedBy))
              .reaching(Stage.PROVEN, now)
          : before;
    }

    @Override
    public Optional<AuditLine> line(DeploymentRecord before) {
      String message =
          artifact.upload().object() + " holds a disk of " + artifact.diskGib() + " GiB";
      return Optional.of(
          AuditLine.info("artifact.proven", message + signature() + ".")
              .with("sha256", artifact.sha256().hex())
              .with("diskGib", artifact.diskGib())
              .with("signedBy", artifact.signedBy().map(SigningKey::fingerprint).orElse("nobody")));
    }

    private String signature() {
      return artifact.hasUncheckedSignature()
          ? "; its signature was not checked, since the target has no signingKeys"
          : artifact.signedBy().map(key -> ", signed by the key " + key.fingerprint()).orElse("");
    }
  }

  /**
   * The image can be booted.
   *
   * @param reused whether an earlier deployment of the same bytes made it
   */
  record ImageReady(Image image, boolean reused) implements Step {
    @Override
    public DeploymentRecord apply(DeploymentRecord before, Instant now) {
      return before.stage().compareTo(Stage.IMAGE_READY) < 0
          ? before.with(new MadeImage(image.name(), reused)).reaching(Stage.IMAGE_READY, now)
          : before;
    }

    @Override
    public Optional<AuditLine> line(DeploymentRecord before) {
      String how = reused ? " of the same bytes is used again." : " is ready.";
      return Optional.of(
          AuditLine.info(reused ? "image.reused" : "image.created", "Image " + image.name() + how)
              .with("image", image.name().value()));
    }
  }

  /**
   * An operator holds the target. Logged once, however often a call meets it.
   *
   * @param url of the operator's object
   */
  record HoldMet(String url) implements Step {
    private static final String CODE = "on-hold";

    @Override
    public DeploymentRecord apply(DeploymentRecord before, Instant now) {
      return isIn(before) ? before : before.with(explanation(before));
    }

    @Override
    public Optional<AuditLine> line(DeploymentRecord before) {
      String message = message(before) + " The deployment goes on once that object is gone.";
      return isKnown(before)
          ? Optional.empty()
          : Optional.of(AuditLine.info("hold.met", message).with("hold", url));
    }

    private Explanation explanation(DeploymentRecord before) {
      return new Explanation(
          CODE, message(before), "gsutil rm " + url, before.verdict().consoles());
    }

    private String message(DeploymentRecord before) {
      return before.target() + " is on hold by " + url + ".";
    }

    /** Whether the record tells of this very one. */
    boolean isIn(DeploymentRecord record) {
      return record.verdict().equals(explanation(record));
    }

    static boolean isKnown(DeploymentRecord record) {
      return CODE.equals(record.verdict().code());
    }
  }

  /** No operator holds the target, or no longer. */
  record HoldReleased() implements Step {
    @Override
    public DeploymentRecord apply(DeploymentRecord before, Instant now) {
      return HoldMet.isKnown(before)
          ? before.with(new Explanation(null, null, null, before.verdict().consoles()))
          : before;
    }

    @Override
    public Optional<AuditLine> line(DeploymentRecord before) {
      return Optional.of(
          AuditLine.info("hold.released", before.target() + " is no longer on hold."));
    }
  }

  /**
   * What ill instances said on their serial ports was kept.
   *
   * @param urls of all that are kept by now
   */
  record ConsolesKept(List<String> urls) implements Step {
    @Override
    public DeploymentRecord apply(DeploymentRecord before, Instant now) {
      Explanation why = before.verdict();
      return before.with(new Explanation(why.code(), why.message(), why.nextStep(), urls));
    }

    @Override
    public Optional<AuditLine> line(DeploymentRecord before) {
      return Optional.of(
          AuditLine.info("console.saved", "The serial output of unhealthy instances was saved.")
              .with("consoles", urls));
    }
  }

  /**
   * The new version does not serve, or nobody can tell: the groups go back.
   *
   * @param code of the verdict, or of the fault that stopped the rollout
   */
  record TurnedBack(String code, String message) implements Step {
    @Override
    public DeploymentRecord apply(DeploymentRecord before, Instant now) {
      if (before.stage().compareTo(Stage.ROLLING_BACK) >= 0) {
        return before;
      }
      DeploymentRecord marked = before;
      for (GroupState group : before.groups()) {
        boolean judged = group.isPatched() && group.state() != State.GOOD;
        marked = judged ? marked.with(group.in(State.BAD)) : marked;
      }
      return marked
          .with(new Explanation(code, message, null, before.verdict().consoles()))
          .reaching(Stage.ROLLING_BACK, now);
    }

    @Override
    public Optional<AuditLine> line(DeploymentRecord before) {
      AuditLine bad = new AuditLine(Severity.ERROR, "verdict.bad", message, Map.of("code", code));
      return Optional.of(Recalled.is(code) ? End.recalled(code, message) : bad);
    }
  }
}
