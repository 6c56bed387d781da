package slipway.gcp;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageException;
import java.time.Instant;
import slipway.deployment.Handoffs;
import slipway.upload.Handoff;

/** The notes in the uploads bucket, whose events come to this function, through Google's client. */
final class GcsHandoffs implements Handoffs {
  private final Storage storage;
  private final String bucket;

  GcsHandoffs(Storage storage, String bucket) {
    this.storage = storage;
    this.bucket = bucket;
  }

  @Override
  public void write(Handoff note, Instant since) {
    if (!create(note.name(), note)) {
      Blob there = storage.get(BlobId.of(bucket, note.name()));
      if (there == null || !isOurs(there, note, since)) {
        create(note.name() + "/" + since.toEpochMilli(), note);
      }
    }
  }

  private static boolean isOurs(Blob there, Handoff note, Instant since) {
    return note.metadata().equals(there.getMetadata()) && !GcsText.writtenAt(there).isBefore(since);
  }

  @Override
  public void writeAgain(Handoff note, long again) {
    create(note.name() + "/" + again, note);
  }

  /** Whether there was none of this name. */
  private boolean create(String name, Handoff note) {
    BlobInfo info = BlobInfo.newBuilder(bucket, name).setMetadata(note.metadata()).build();
    try {
      storage.create(info, new byte[0], Storage.BlobTargetOption.doesNotExist());
      return true;
    } catch (StorageException failed) {
      if (failed.getCode() != 412) {
        throw failed;
      }
      return false;
    }
  }
}
