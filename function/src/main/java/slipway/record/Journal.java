package slipway.record;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import slipway.audit.Audit;
import slipway.audit.Audit.Position;
import slipway.audit.AuditLine;
import slipway.record.DeploymentRecord.Lease;
import slipway.record.Records.ChangedMeanwhile;
import slipway.record.Records.Stored;
import slipway.settings.Target;
import slipway.time.CallOver;
import slipway.upload.DeploymentId;
import slipway.upload.Handoff;
import slipway.upload.Upload;

/**
 * One deployment's record together with its audit trail: each step is written into the record first
 * and then told to the log, once, however often its event is delivered. While a call works on the
 * deployment it holds the record's lease, which every writing renews.
 */
public final class Journal {
  private static final Duration LEASE = Duration.ofSeconds(60);

  /** A lease is renewed once a third of it is gone. */
  private static final Duration FRESH = LEASE.multipliedBy(2).dividedBy(3);

  private final Desk desk;
  private Stored stored;

  private Journal(Desk desk, Stored stored) {
    this.desk = desk;
    this.stored = stored;
  }

  /**
   * Opens the record of this upload, and begins it at the first event.
   *
   * @param target the target's name, or null if there is none
   * @throws ChangedMeanwhile if another call began it at the same moment
   */
  public static Journal open(Desk desk, Upload upload, DeploymentId id, @Nullable String target)
      throws ChangedMeanwhile {
    Optional<Stored> earlier = desk.records().find(upload.object(), upload.generation());
    if (earlier.isPresent()) {
      return new Journal(desk, earlier.get());
    }
    DeploymentRecord first =
        DeploymentRecord.received(id.value(), target, upload, desk.clock().instant());
    Journal journal = new Journal(desk, new Stored(first, 0));
    // Told before it is written: nobody would tell it after a call that died in between.
    journal.tellAt(
        upload.timeCreated(),
        AuditLine.info(
                "upload.received", upload.object() + " was uploaded, " + upload.sizeBytes() + " B.")
            .with("object", upload.object())
            .with("generation", Long.toString(upload.generation()))
            .with("metadata", upload.metadata()),
        Position.FIRST);
    journal.save(first);
    return journal;
  }

  /** Opens the record that a note means; empty if it means none. */
  public static Optional<Journal> open(Desk desk, Handoff note) {
    return desk.records()
        .find(note.object(), note.generation())
        .filter(found -> found.record().id().equals(note.deployment()))
        .map(found -> new Journal(desk, found));
  }

  /**
   * What a journal is written with.
   *
   * @param records where the records are
   * @param handoffs where the notes to further calls go
   * @param audit where the log goes
   * @param clock what time it is
   * @param call the name of the call that works, unlike any other's
   */
  public record Desk(
      Records records, Handoffs handoffs, Audit audit, InstantSource clock, String call) {}

  /**
   * Takes the lease; without it nothing may be changed.
   *
   * @throws ChangedMeanwhile if another call holds it
   */
  public void take() throws ChangedMeanwhile {
    Lease lease = record().lease();
    if (lease != null && !lease.owner().equals(desk.call()) && record().isHeld(now())) {
      throw new ChangedMeanwhile(record().id(), "is held by another call until " + lease.until());
    }
    renew();
  }

  private void renew() throws ChangedMeanwhile {
    Lease lease = record().lease();
    if (record().stage().isTerminal()) {
      return;
    }
    if (lease == null
        || !lease.owner().equals(desk.call())
        || now().isAfter(lease.until().minus(FRESH))) {
      save(record());
    }
  }

  /**
   * Keeps the lease.
   *
   * @throws CallOver if another call took it
   */
  public void keep() throws CallOver {
    try {
      renew();
    } catch (ChangedMeanwhile taken) {
      throw CallOver.taken(String.valueOf(taken.getMessage()));
    }
  }

  /** Gives the lease up, so that the event need not wait for its end when it comes again. */
  public void release() throws ChangedMeanwhile {
    stored = desk.records().save(record().held(null, record().n()), stored.generation());
  }

  /**
   * Hands the deployment on to a further call; if this dies half-way, the event that comes again
   * finishes it.
   */
  public void handOn() throws ChangedMeanwhile {
    stored = desk.records().save(record().held(null, record().n() + 1), stored.generation());
    desk.handoffs().write(record().handoff());
    tell(
        AuditLine.info("handoff.written", "The deployment goes on in a further call.")
            .with("n", record().n()));
  }

  /** What the record says now. */
  public DeploymentRecord record() {
    return stored.record();
  }

  /** The present instant. */
  Instant now() {
    return desk.clock().instant();
  }

  /** Moves on to a later stage; a stage that was reached before is left as it was told then. */
  public void advance(Stage stage, UnaryOperator<DeploymentRecord> change, AuditLine line)
      throws ChangedMeanwhile {
    if (stage.compareTo(record().stage()) > 0) {
      save(change.apply(record()).at(stage, now()));
      tell(line);
    }
  }

  /** Comes to the last stage. */
  void end(Stage stage, Reason reason) throws ChangedMeanwhile {
    save(record().with(reason).at(stage, now()));
    close();
  }

  /**
   * Tells the log of the end, and then gives the lease up: as long as the record has one, a call
   * that died may have told nothing yet.
   */
  public void close() throws ChangedMeanwhile {
    Instant finished = Objects.requireNonNull(record().finishedAt());
    tellAt(finished, EndLine.of(record()), Position.LAST);
    release();
  }

  /** Moves on to this stage if it is a later one; changes and tells in any case. */
  public void reach(Stage stage, UnaryOperator<DeploymentRecord> change, AuditLine line)
      throws ChangedMeanwhile {
    if (stage.compareTo(record().stage()) > 0) {
      advance(stage, change, line);
    } else {
      update(change, line);
    }
  }

  /** Writes what has changed within the stage, if anything has. */
  public void update(UnaryOperator<DeploymentRecord> change, AuditLine line)
      throws ChangedMeanwhile {
    DeploymentRecord changed = change.apply(record());
    if (!changed.equals(record())) {
      save(changed);
      tell(line);
    }
  }

  /** All deployments of a target, this one too. */
  List<Records.Entry> all(Target target) {
    return desk.records().of(target);
  }

  /** Writes what has changed, and tells nobody. */
  void note(UnaryOperator<DeploymentRecord> change) throws ChangedMeanwhile {
    save(change.apply(record()));
  }

  /** Tells the log alone. */
  public void tell(AuditLine line) {
    desk.audit().write(line, deployment(), Position.MIDDLE);
  }

  private void save(DeploymentRecord next) throws ChangedMeanwhile {
    Lease lease = new Lease(desk.call(), now().plus(LEASE));
    stored = desk.records().save(next.held(lease, next.n()), stored.generation());
  }

  private void tellAt(Instant time, AuditLine line, Position position) {
    desk.audit().writeOnce(line, deployment(), position, time);
  }

  private Audit.Deployment deployment() {
    String target = record().target();
    return new Audit.Deployment(record().id(), target == null ? "none" : target);
  }
}
