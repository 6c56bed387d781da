package slipway.gcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageException;
import java.time.Instant;
import java.util.Optional;

/**
 * An object that is a text.
 *
 * @param content all of it
 * @param generation of the object
 * @param writtenAt when this generation was written
 */
record GcsText(String content, long generation, Instant writtenAt) {
  /** How often another call may write it between asking for its generation and for its content. */
  private static final int TRIES = 5;

  /** The text as it is now; empty if there is none. */
  static Optional<GcsText> read(Storage storage, BlobId id) {
    for (int tries = 1; ; tries++) {
      Blob blob = storage.get(id);
      if (blob == null) {
        return Optional.empty();
      }
      try {
        byte[] bytes = blob.getContent(Blob.BlobSourceOption.generationMatch());
        return Optional.of(
            new GcsText(new String(bytes, UTF_8), blob.getGeneration(), writtenAt(blob)));
      } catch (StorageException failed) {
        boolean newer = failed.getCode() == 404 || failed.getCode() == 412;
        if (!newer || tries == TRIES) {
          throw failed;
        }
      }
    }
  }

  static Instant writtenAt(Blob blob) {
    return blob.getCreateTimeOffsetDateTime().toInstant();
  }
}
