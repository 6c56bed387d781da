package slipway.gcp;

import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageException;
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
  public void write(Handoff note) {
    create(note.name(), note);
  }

  @Override
  public void writeAgain(Handoff note, long again) {
    create(note.name() + "/" + again, note);
  }

  private void create(String name, Handoff note) {
    BlobInfo info = BlobInfo.newBuilder(bucket, name).setMetadata(note.metadata()).build();
    try {
      storage.create(info, new byte[0], Storage.BlobTargetOption.doesNotExist());
    } catch (StorageException failed) {
      if (failed.getCode() != 412) {
        throw failed;
      }
    }
  }
}
