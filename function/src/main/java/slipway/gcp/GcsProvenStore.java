package slipway.gcp;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageException;
import java.io.IOException;
import java.util.List;
import slipway.artifact.UploadGone;
import slipway.fault.Finding;
import slipway.fault.Misconfigured;
import slipway.image.ProvenStore;
import slipway.upload.Upload;

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
      requireUsable(upload, failed);
      Blob there = failed.getCode() == 412 ? storage.get(BlobId.of(bucket, name)) : null;
      if (there == null) {
        throw failed;
      }
      return there.getCrc32c();
    }
  }

  /** A 404 may be the upload's or this bucket's. */
  private void requireUsable(Upload upload, StorageException failed) throws UploadGone {
    if (failed.getCode() == 404 && storage.get(bucket) != null) {
      throw new UploadGone(upload, failed);
    }
    if (failed.getCode() == 404 || failed.getCode() == 403) {
      throw new Misconfigured(
          "private-bucket",
          List.of(
              new Finding(
                  "PRIVATE_BUCKET " + bucket,
                  "a bucket that the function may write",
                  String.valueOf(failed.getMessage()))),
          "Make the bucket, or give the function its rights on it; then upload again.");
    }
    if (failed.getCode() != 412) {
      Refusal.of(failed).raiseUnlessPassing("private-bucket", "PRIVATE_BUCKET " + bucket);
    }
  }

  @Override
  public String url(String name) {
    return "https://storage.googleapis.com/" + bucket + "/" + name;
  }

  @Override
  public void delete(String name) {
    try {
      storage.delete(BlobId.of(bucket, name));
    } catch (StorageException failed) {
      Refusal.of(failed).raiseUnlessPassing("private-bucket", "gs://" + bucket + "/" + name);
      throw failed;
    }
  }
}
