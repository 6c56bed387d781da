package slipway.gcp;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageException;
import java.io.IOException;
import slipway.image.ProvenStore;
import slipway.upload.Upload;
import slipway.upload.UploadGone;

/** The private bucket through Google's client. */
final class GcsProvenStore implements ProvenStore {
  private final Storage storage;
  private final String bucket;

  GcsProvenStore(Storage storage, String bucket) {
    this.storage = storage;
    this.bucket = bucket;
  }

  @Override
  public String copy(Upload upload, String name) throws IOException {
    BlobId source = BlobId.of(upload.bucket(), upload.object(), upload.generation());
    BlobInfo target =
        BlobInfo.newBuilder(BlobId.of(bucket, name)).setContentType("application/gzip").build();
    Storage.CopyRequest request =
        Storage.CopyRequest.newBuilder()
            .setSource(source)
            .setTarget(target, Storage.BlobTargetOption.doesNotExist())
            .build();
    try {
      return storage.copy(request).getResult().getCrc32c();
    } catch (StorageException failed) {
      if (failed.getCode() == 404) {
        throw new UploadGone(upload, failed);
      }
      Blob there = failed.getCode() == 412 ? storage.get(BlobId.of(bucket, name)) : null;
      if (there == null) {
        throw failed;
      }
      return there.getCrc32c();
    }
  }

  @Override
  public String url(String name) {
    return "https://storage.googleapis.com/" + bucket + "/" + name;
  }

  @Override
  public void delete(String name) {
    storage.delete(BlobId.of(bucket, name));
  }
}
