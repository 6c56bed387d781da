package slipway;

import java.io.IOException;
import java.util.Optional;
import slipway.artifact.ProofTooSlow;
import slipway.audit.AuditLine;
import slipway.deployment.CallContext;
import slipway.deployment.Journal;
import slipway.record.DeploymentRecord;
import slipway.settings.Settings;
import slipway.settings.Target;
import slipway.time.CallOver;
import slipway.upload.DeploymentId;
import slipway.upload.FinalizeEvent;
import slipway.upload.Handoff;
import slipway.upload.Upload;

/** Takes an event: begins its deployment or goes on with it, in one call at a time. */
final class Intake {
  /** Stands in the id of an upload whose name belongs to no target. */
  private static final String NO_TARGET = "no-target";

  private final Stages stages;
  private final Settings settings;
  private final CallContext context;

  Intake(Stages stages, Settings settings, CallContext context) {
    this.stages = stages;
    this.settings = settings;
    this.context = context;
  }

  /**
   * On return nothing is left that this event could still be needed for; whatever is thrown makes
   * it come again.
   */
  void take(Upload event) throws IOException, CallOver {
    if (event.object().equals(Handoff.SWEEP)) {
      new Sweep(stages, settings, context).run(event);
    } else if (!isPassedOver(event)) {
      Optional<Handoff> note = Handoff.of(event);
      Optional<Journal> journal =
          note.isPresent() ? Journal.open(context, note.get()) : Optional.of(begun(event));
      if (journal.isPresent()) {
        goOn(journal.get(), note.map(Handoff::n).orElse(0));
      } else {
        passOver(event, "a hand-off note for an unknown deployment");
      }
    }
  }

  private Journal begun(Upload upload) throws CallOver {
    Optional<String> target =
        settings.targets().forObject(upload.withoutPlan().object()).map(Target::name);
    DeploymentId id = DeploymentId.of(target.orElse(NO_TARGET), upload);
    return Journal.open(context, upload, id, target.orElse(null));
  }

  /** Works on it if the event is of its present turn; one of an earlier turn was handed off. */
  private void goOn(Journal journal, int turn) throws IOException, CallOver {
    DeploymentRecord record = journal.record();
    if (!record.isOpen() || turn > record.n()) {
      return;
    }
    if (turn < record.n()) {
      journal.repeatHandOff();
      return;
    }
    journal.take();
    if (record.stage().isTerminal()) {
      journal.close();
      return;
    }
    context.time().keep(journal::renew);
    try {
      new Deployer(stages, settings).run(journal, context.time());
    } catch (CallOver over) {
      stop(journal, over);
    } catch (IOException | RuntimeException failed) {
      release(journal, failed);
      throw failed;
    }
  }

  private static void stop(Journal journal, CallOver over) throws CallOver {
    switch (over.why()) {
      case TIME_USED -> journal.handOff();
      // Without a call of its own: many that wait must not take the calls that others need.
      case WAITING -> journal.release();
      case TAKEN -> throw over;
    }
  }

  private static void release(Journal journal, Exception failed) {
    try {
      journal.release(failed, failed instanceof ProofTooSlow);
    } catch (CallOver | RuntimeException kept) {
      failed.addSuppressed(kept);
    }
  }

  private boolean isPassedOver(Upload upload) {
    Optional<String> reason = reasonToPassOver(upload);
    reason.ifPresent(text -> passOver(upload, text));
    return reason.isPresent();
  }

  private void passOver(Upload upload, String reason) {
    context
        .audit()
        .write(
            AuditLine.info("upload.passed-over", upload.object() + " is " + reason + ".")
                .with("object", upload.object())
                .with("generation", Long.toString(upload.generation())));
  }

  private Optional<String> reasonToPassOver(Upload upload) {
    if (!upload.bucket().equals(settings.buckets().uploads())) {
      return Optional.of("in " + upload.bucket() + ", which is not UPLOADS_BUCKET");
    }
    if (FinalizeEvent.isHandoff(upload.object())) {
      return Handoff.of(upload).isPresent()
          ? Optional.empty()
          : Optional.of("in handoff/, where the function keeps its own notes");
    }
    if (FinalizeEvent.isPartOfComposite(upload.object())) {
      return Optional.of("a part of a composite upload");
    }
    return context.records().hasRoomFor(upload)
        ? Optional.empty()
        : Optional.of("too long a name to keep a record of: upload it under a shorter one");
  }
}
