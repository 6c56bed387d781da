package slipway.gcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageException;
import java.util.Optional;
import slipway.record.DeploymentRecord;
import slipway.record.RecordJson;
import slipway.record.Records;
import slipway.upload.Upload;

/** The records bucket through Google's client. */
final class GcsRecords implements Records {
  /** In bytes of UTF-8: Cloud Storage's limit for an object's name. */
  private static final int LONGEST_NAME = 1024;

  private final Storage storage;
  private final String bucket;

  GcsRecords(Storage storage, String bucket) {
    this.storage = storage;
    this.bucket = bucket;
  }

  @Override
  public boolean hasRoomFor(Upload upload) {
    String name = name(upload.object(), Long.toString(upload.generation()));
    return name.getBytes(UTF_8).length <= LONGEST_NAME;
  }

  @Override
  public Optional<Stored> find(Upload upload) {
    String name = name(upload.object(), Long.toString(upload.generation()));
    Blob blob = storage.get(BlobId.of(bucket, name));
    return Optional.ofNullable(blob)
        .map(
            found ->
                new Stored(
                    RecordJson.read(
                        new String(
                            found.getContent(Blob.BlobSourceOption.generationMatch()), UTF_8)),
                    found.getGeneration()));
  }

  @Override
  public Stored save(DeploymentRecord record, long generation) throws ChangedMeanwhile {
    String name = name(record.upload().object(), record.upload().generation());
    BlobInfo info =
        BlobInfo.newBuilder(BlobId.of(bucket, name)).setContentType("application/json").build();
    try {
      Blob blob =
          storage.create(
              info,
              RecordJson.write(record).getBytes(UTF_8),
              Storage.BlobTargetOption.generationMatch(generation));
      return new Stored(record, blob.getGeneration());
    } catch (StorageException failed) {
      if (failed.getCode() == 412) {
        throw new ChangedMeanwhile(name);
      }
      throw failed;
    }
  }

  private static String name(String object, String generation) {
    return "deployments/" + object + "/" + generation + ".json";
  }
}
