package slipway.record;

import java.util.List;
import java.util.Optional;
import slipway.upload.Upload;

/** The records bucket: {@code deployments/<object name>/<generation>.json}. */
public interface Records {
  /** Whether Cloud Storage's 1024 bytes are enough for the name of this upload's record. */
  boolean hasRoomFor(Upload upload);

  /** The record of this generation of this object, if its event was seen before. */
  Optional<Stored> find(String object, long generation);

  /** The records of all deployments that have not come to an end. */
  List<Stored> open();

  /**
   * Writes a record if it still is what was read.
   *
   * @param generation that was read; 0 if there was none
   * @throws ChangedMeanwhile if another call wrote it meanwhile
   */
  Stored save(DeploymentRecord record, long generation) throws ChangedMeanwhile;

  /**
   * A record as it was read.
   *
   * @param record what it says
   * @param generation of its object
   */
  record Stored(DeploymentRecord record, long generation) {}

  /** Two calls work on one deployment; the event of this one is delivered again. */
  final class ChangedMeanwhile extends Exception {
    private static final long serialVersionUID = 1L;

    /** Names the record. */
    public ChangedMeanwhile(String name) {
      this(name, "was written by another call at the same time");
    }

    ChangedMeanwhile(String name, String how) {
      super(name + " " + how + "; this event will come again");
    }
  }
}
