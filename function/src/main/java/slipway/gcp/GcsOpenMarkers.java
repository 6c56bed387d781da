package slipway.gcp;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.StorageException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import slipway.record.OpenMarkers;
import slipway.upload.DeploymentId;

/** What is open, in the private bucket through Google's client. */
final class GcsOpenMarkers implements OpenMarkers {
  private static final String FOLDER = "open/";

  private final Storage storage;
  private final String bucket;

  GcsOpenMarkers(Storage storage, String bucket) {
    this.storage = storage;
    this.bucket = bucket;
  }

  @Override
  public void put(String deployment, String object, long generation) {
    BlobInfo info =
        BlobInfo.newBuilder(bucket, FOLDER + deployment)
            .setMetadata(Map.of("object", object, "generation", Long.toString(generation)))
            .build();
    try {
      storage.create(info, new byte[0]);
    } catch (StorageException failed) {
      throw told(failed);
    }
  }

  @Override
  public List<Marker> all() {
    return list("").toList();
  }

  @Override
  public List<Marker> of(String target) {
    String pattern = DeploymentId.patternFor(target);
    return list(target + "-").filter(marker -> marker.deployment().matches(pattern)).toList();
  }

  private Stream<Marker> list(String start) {
    return storage
        .list(
            bucket,
            BlobListOption.prefix(FOLDER + start),
            BlobListOption.fields(
                BlobField.NAME, BlobField.GENERATION, BlobField.METADATA, BlobField.TIME_CREATED))
        .streamAll()
        .flatMap(GcsOpenMarkers::marker);
  }

  /** An object that somebody else put there is none. */
  private static Stream<Marker> marker(Blob blob) {
    Map<String, String> metadata = blob.getMetadata();
    String object = metadata == null ? null : metadata.get("object");
    String generation = metadata == null ? null : metadata.get("generation");
    return object == null || generation == null
        ? Stream.empty()
        : Stream.of(
            new Marker(
                blob.getName().substring(FOLDER.length()),
                object,
                Long.parseLong(generation),
                blob.getGeneration(),
                GcsText.writtenAt(blob)));
  }

  @Override
  public void remove(String deployment) {
    try {
      storage.delete(BlobId.of(bucket, FOLDER + deployment));
    } catch (StorageException failed) {
      throw told(failed);
    }
  }

  @Override
  public void remove(Marker marker) {
    BlobId listed = BlobId.of(bucket, FOLDER + marker.deployment(), marker.written());
    try {
      storage.delete(listed, Storage.BlobSourceOption.generationMatch());
    } catch (StorageException failed) {
      if (failed.getCode() != 412) {
        throw failed;
      }
    }
  }

  private StorageException told(StorageException failed) {
    int code = failed.getCode();
    if (code == 403 || code == 404) {
      Refusal.of(failed).raiseUnlessPassing("private-bucket", "PRIVATE_BUCKET " + bucket);
    }
    return failed;
  }
}
