package slipway.record;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import slipway.audit.Audit;
import slipway.audit.Audit.Position;
import slipway.audit.AuditLine;
import slipway.record.Records.ChangedMeanwhile;
import slipway.record.Records.Stored;
import slipway.upload.DeploymentId;
import slipway.upload.Upload;

/**
 * One deployment's record together with its audit trail: each step is written into the record first
 * and then told to the log, once, however often its event is delivered.
 */
public final class Journal {
  private final Records records;
  private final Audit audit;
  private final InstantSource clock;
  private Stored stored;

  private Journal(Records records, Audit audit, InstantSource clock, Stored stored) {
    this.records = records;
    this.audit = audit;
    this.clock = clock;
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
    Optional<Stored> earlier = desk.records().find(upload);
    if (earlier.isPresent()) {
      return new Journal(desk.records(), desk.audit(), desk.clock(), earlier.get());
    }
    DeploymentRecord first =
        DeploymentRecord.received(id.value(), target, upload, desk.clock().instant());
    Stored begun = desk.records().save(first, 0);
    Journal journal = new Journal(desk.records(), desk.audit(), desk.clock(), begun);
    journal.tell(
        AuditLine.info(
                "upload.received", upload.object() + " was uploaded, " + upload.sizeBytes() + " B.")
            .with("object", upload.object())
            .with("generation", Long.toString(upload.generation()))
            .with("metadata", upload.metadata()),
        Position.FIRST);
    return journal;
  }

  /**
   * What a journal is written with.
   *
   * @param records where the records are
   * @param audit where the log goes
   * @param clock what time it is
   */
  public record Desk(Records records, Audit audit, InstantSource clock) {}

  /** What the record says now. */
  public DeploymentRecord record() {
    return stored.record();
  }

  /** The present instant. */
  Instant now() {
    return clock.instant();
  }

  /**
   * Moves on to a later stage; a stage that was reached before is left as it was told then. The end
   * is told with the seconds since the upload.
   */
  public void advance(Stage stage, UnaryOperator<DeploymentRecord> change, AuditLine line)
      throws ChangedMeanwhile {
    if (stage.compareTo(record().stage()) > 0) {
      Instant now = clock.instant();
      save(change.apply(record()).at(stage, now));
      if (stage.isTerminal()) {
        long seconds = Duration.between(record().upload().timeCreated(), now).toSeconds();
        tell(line.with("seconds", seconds), Position.LAST);
      } else {
        tell(line, Position.MIDDLE);
      }
    }
  }

  /** Writes what has changed within the stage, if anything has. */
  public void update(UnaryOperator<DeploymentRecord> change, AuditLine line)
      throws ChangedMeanwhile {
    DeploymentRecord changed = change.apply(record());
    if (!changed.equals(record())) {
      save(changed);
      tell(line, Position.MIDDLE);
    }
  }

  /** Tells the log alone. */
  public void tell(AuditLine line) {
    tell(line, Position.MIDDLE);
  }

  private void save(DeploymentRecord next) throws ChangedMeanwhile {
    stored = records.save(next, stored.generation());
  }

  private void tell(AuditLine line, Position position) {
    String target = record().target();
    audit.write(
        line, new Audit.Deployment(record().id(), target == null ? "none" : target), position);
  }
}
