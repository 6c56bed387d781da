package slipway.record;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import slipway.artifact.Sha256;
import slipway.image.ImageName;
import slipway.rollout.Overtaken;
import slipway.time.CallOver;
import slipway.upload.Upload;
import slipway.verdict.Verdict;

/** The records bucket: {@code deployments/<object name>/<generation>.json}. */
public interface Records {
  /** Whether Cloud Storage's 1024 bytes are enough for the name of this upload's record. */
  boolean hasRoomFor(Upload upload);

  /** The record of this generation of this object, if its event was seen before. */
  Optional<Stored> find(String object, long generation);

  /**
   * What is known of the generations of one object: of all, or, where they are many, of the
   * earliest and of the latest before this one.
   */
  List<Listed> ofObject(String object, long generation);

  /** At most a thousand records in the order of their names, beginning behind this name. */
  Piece behind(String name);

  /**
   * Writes a record if it still is what was read.
   *
   * @param generation that was read; 0 if there was none
   * @throws CallOver if another call wrote it meanwhile
   */
  Stored save(DeploymentRecord record, long generation) throws CallOver;

  /**
   * A record as it was read.
   *
   * @param record what it says
   * @param generation of its object, 0 if it was never written
   * @param writtenAt when it was written, by the bucket's clock
   */
  record Stored(DeploymentRecord record, long generation, Instant writtenAt) {}

  /**
   * Records that follow each other.
   *
   * @param records those of them that are records; others may lie there
   * @param last the name of the last one; empty if there are none
   */
  record Piece(List<Listed> records, String last) {
    public Piece {
      records = List.copyOf(records);
    }
  }

  /**
   * A record among others.
   *
   * @param object what was uploaded
   * @param generation its generation
   * @param entry what is known of it
   */
  record Listed(String object, long generation, Entry entry) {}

  /**
   * What is known of a deployment without reading its record.
   *
   * @param id the deployment's id
   * @param target the target's name, or null if it belongs to none
   * @param stage how far it has come
   * @param open whether anything is left to do, if only the log's last line
   * @param since when it reached the stage
   * @param code why it ended so, or null
   * @param sha256 of what was proven, or null
   * @param image the name of its image, or null
   */
  record Entry(
      String id,
      @Nullable String target,
      Stage stage,
      boolean open,
      Instant since,
      @Nullable String code,
      @Nullable Sha256 sha256,
      @Nullable ImageName image) {
    /** What the metadata of the stored record says. */
    public static Entry of(DeploymentRecord record) {
      return new Entry(
          record.id(),
          record.target(),
          record.stage(),
          record.isOpen(),
          record.stageAt(),
          record.verdict().code(),
          record.artifact() == null ? null : record.artifact().sha256(),
          record.image() == null ? null : record.image().name());
    }

    /** Whether its image was seen to serve well. */
    public boolean isGood() {
      return stage == Stage.DEPLOYED && !Verdict.Code.UNSEEN.toString().equals(code);
    }

    /** Whether it made room for a later upload. */
    public boolean isOvertaken() {
      return stage == Stage.SUPERSEDED && Overtaken.By.LATER_UPLOAD.code().equals(code);
    }
  }
}
