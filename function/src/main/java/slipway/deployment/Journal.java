package slipway.deployment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import slipway.audit.Audit.Operation;
import slipway.audit.Audit.Position;
import slipway.audit.AuditLine;
import slipway.record.DeploymentRecord;
import slipway.record.DeploymentRecord.Lease;
import slipway.record.DeploymentRecord.Trouble;
import slipway.record.Records.Entry;
import slipway.record.Records.Listed;
import slipway.record.Records.Stored;
import slipway.time.CallOver;
import slipway.upload.DeploymentId;
import slipway.upload.Handoff;
import slipway.upload.Upload;

/**
 * One deployment's record together with its lines in the log: each step is written into the record
 * first and then logged, once, however often its event is delivered. While a call works on the
 * deployment it has the record's lease, which every writing renews.
 */
public final class Journal {
  private static final Duration LEASE = Duration.ofSeconds(60);

  /** A lease is renewed once a third of it is gone. */
  private static final Duration FRESH = LEASE.multipliedBy(2).dividedBy(3);

  private final CallContext context;
  private Stored stored;

  /** What is known of the object's other generations; null unless this call began the record. */
  private @Nullable List<Listed> others;

  private Journal(CallContext context, Stored stored) {
    this.context = context;
    this.stored = stored;
  }

  /**
   * Opens the record of this upload, and begins it at the first event.
   *
   * @param target the target's name, or null if there is none
   * @throws CallOver if another call began it at the same moment
   */
  public static Journal open(
      CallContext context, Upload upload, DeploymentId id, @Nullable String target)
      throws CallOver {
    DeploymentRecord first = DeploymentRecord.received(id, target, upload, context.time().now());
    return begin(context, first);
  }

  /**
   * Opens the record of the same upload, or begins it with this one.
   *
   * @throws CallOver if another call began it at the same moment
   */
  public static Journal begin(CallContext context, DeploymentRecord first) throws CallOver {
    Upload upload = first.upload().asUpload();
    long own = upload.generation();
    List<Listed> there = context.records().ofObject(upload.object(), own);
    if (there.stream().anyMatch(one -> one.generation() == own)) {
      return new Journal(context, context.records().find(upload.object(), own).orElseThrow());
    }
    Journal journal = new Journal(context, new Stored(first, 0, first.startedAt()));
    // Logged before it is written: nobody would log it after a call that died in between.
    journal.logOnce(upload.timeCreated(), End.firstLine(first), Position.FIRST);
    context.mark(first);
    journal.others = there;
    journal.save(first);
    return journal;
  }

  /** Opens the record that a note means; empty if it means none. */
  public static Optional<Journal> open(CallContext context, Handoff note) {
    return context
        .records()
        .find(note.object(), note.generation())
        .filter(found -> found.record().id().equals(note.deployment()))
        .map(found -> new Journal(context, found));
  }

  /** Of a record as it was read. */
  public static Journal of(CallContext context, Stored stored) {
    return new Journal(context, stored);
  }

  /**
   * Takes the lease; without it nothing may be changed.
   *
   * @throws CallOver if another call has it
   */
  public void take() throws CallOver {
    Lease lease = record().lease();
    if (lease != null && !lease.owner().equals(context.call()) && record().isLeased(now())) {
      throw CallOver.taken(
          record().id() + " is leased by another call until " + lease.until() + ".");
    }
    if (others == null) {
      context.mark(record());
    }
    renew();
  }

  /**
   * Keeps the lease.
   *
   * @throws CallOver if another call took it
   */
  public void renew() throws CallOver {
    Lease lease = record().lease();
    boolean fresh =
        lease != null
            && lease.owner().equals(context.call())
            && !now().isAfter(lease.until().minus(FRESH));
    if (!record().stage().isTerminal() && !fresh) {
      save(record());
    }
  }

  /**
   * Gives the lease up after a failure that may pass, and remembers it: what fails for too long
   * must come to an end.
   *
   * @param slowProof whether the proof was too slow for a whole call
   */
  public void release(Exception failed, boolean slowProof) throws CallOver {
    Trouble before = record().trouble();
    Trouble trouble =
        new Trouble(
            before == null ? now() : before.since(),
            String.valueOf(failed.getMessage()),
            slowProof || before != null && before.slowProof());
    DeploymentRecord troubled = record().troubled(trouble).leased(null, record().n());
    stored = context.records().save(troubled, stored.generation());
  }

  /** Gives the lease up, so that the event need not wait for its end when it comes again. */
  public void release() throws CallOver {
    stored = context.records().save(record().leased(null, record().n()), stored.generation());
  }

  /**
   * Hands the deployment off to a further call; if this dies half-way, the event that comes again
   * finishes it.
   */
  public void handOff() throws CallOver {
    stored = context.records().save(record().leased(null, record().n() + 1), stored.generation());
    context.handoffs().write(record().handoff(), stored.writtenAt());
    log(
        AuditLine.info("handoff.written", "The deployment goes on in a further call.")
            .with("n", record().n()));
  }

  /** Makes sure that the note by which the deployment goes on is there. */
  public void repeatHandOff() {
    if (record().lease() == null) {
      context.handoffs().write(record().handoff(), stored.writtenAt());
    }
  }

  /** What the record says now. */
  public DeploymentRecord record() {
    return stored.record();
  }

  /**
   * Writes a step into the record and then into the log. One that changes nothing was written
   * before, and is not logged again.
   *
   * @throws CallOver if another call wrote the record meanwhile
   */
  public void write(Step step) throws CallOver {
    DeploymentRecord before = record();
    DeploymentRecord after = step.apply(before, now());
    if (!after.equals(before)) {
      save(after.troubled(null));
      step.line(before).ifPresent(this::log);
    }
  }

  /**
   * Writes the end. Its own line comes before it: nobody would log it after a call that died in
   * between.
   *
   * @throws CallOver if another call wrote the record meanwhile
   */
  public void write(End end) throws CallOver {
    end.line(record()).ifPresent(this::log);
    save(end.apply(record(), now()).troubled(null));
    close();
  }

  /**
   * Logs the deployment's last line, then gives the lease up, and then deletes the marker: as long
   * as the record has a lease, a call that died may not have logged the line yet.
   */
  public void close() throws CallOver {
    Instant finished = Objects.requireNonNull(record().finishedAt());
    logOnce(finished, End.lastLine(record()), Position.LAST);
    release();
    context.unmark(record());
  }

  /** What people ask of targets. */
  Orders orders() {
    return context.orders();
  }

  /** Deployments of this object, of other generations of it. */
  List<Entry> deploymentsOfTheObject() {
    Upload upload = record().upload().asUpload();
    long own = upload.generation();
    List<Listed> all = others == null ? context.records().ofObject(upload.object(), own) : others;
    return all.stream().filter(one -> one.generation() != own).map(Listed::entry).toList();
  }

  /** Whether another deployment of this one's target has not come to its end yet. */
  boolean isBesideAnother() {
    return context.isBesideAnother(record());
  }

  /** Writes into the log alone. */
  public void log(AuditLine line) {
    context.audit().write(line, operation(), Position.MIDDLE);
  }

  private void logOnce(Instant time, AuditLine line, Position position) {
    context.audit().writeOnce(line, operation(), position, time);
  }

  private void save(DeploymentRecord next) throws CallOver {
    Lease lease = new Lease(context.call(), now().plus(LEASE));
    stored = context.records().save(next.leased(lease, next.n()), stored.generation());
  }

  Instant now() {
    return context.time().now();
  }

  private Operation operation() {
    return new Operation(record().id(), Objects.requireNonNullElse(record().target(), "none"));
  }
}
