package slipway.gcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import slipway.record.DeploymentRecord;
import slipway.record.RecordJson;
import slipway.record.Records;
import slipway.settings.Target;
import slipway.time.CallOver;
import slipway.upload.Upload;

/** The records bucket through Google's client. */
final class GcsRecords implements Records {
  /** In bytes of UTF-8: Cloud Storage's limit for an object's name. */
  private static final int LONGEST_NAME = 1024;

  private static final String FOLDER = "deployments/";

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
  public Optional<Stored> find(String object, long generation) {
    return stored(name(object, Long.toString(generation)));
  }

  private Optional<Stored> stored(String name) {
    return GcsText.read(storage, BlobId.of(bucket, name))
        .map(
            text ->
                new Stored(RecordJson.read(text.content()), text.generation(), text.writtenAt()));
  }

  @Override
  public List<Entry> ofObject(String object) {
    return list(FOLDER + object + "/").flatMap(blob -> entry(blob).stream()).toList();
  }

  @Override
  public List<Entry> of(Target target) {
    return list(FOLDER + target.prefix())
        .flatMap(blob -> entry(blob).stream())
        .filter(entry -> target.name().equals(entry.target()))
        .toList();
  }

  private Stream<Blob> list(String prefix) {
    return storage.list(bucket, Storage.BlobListOption.prefix(prefix)).streamAll();
  }

  private static Optional<Entry> entry(Blob blob) {
    Map<String, String> metadata = blob.getMetadata();
    return metadata != null && metadata.containsKey("stage")
        ? Optional.of(RecordJson.ofFields(metadata, Entry.class))
        : Optional.empty();
  }

  /** The metadata tells them apart, so that only these are read. */
  @Override
  public List<Stored> open() {
    return list(FOLDER)
        .filter(blob -> entry(blob).filter(Entry::open).isPresent())
        .flatMap(blob -> stored(blob.getName()).stream())
        .filter(found -> found.record().isOpen())
        .toList();
  }

  @Override
  public Stored save(DeploymentRecord record, long generation) throws CallOver {
    String name = name(record.upload().object(), record.upload().generation());
    BlobInfo info =
        BlobInfo.newBuilder(BlobId.of(bucket, name))
            .setContentType("application/json")
            .setMetadata(RecordJson.fields(Entry.of(record)))
            .build();
    try {
      Blob blob =
          storage.create(
              info,
              RecordJson.write(record).getBytes(UTF_8),
              Storage.BlobTargetOption.generationMatch(generation));
      return new Stored(record, blob.getGeneration(), GcsText.writtenAt(blob));
    } catch (StorageException failed) {
      if (failed.getCode() != 412) {
        throw failed;
      }
      // The client may have written it, lost the answer, and tried again.
      return stored(name)
          .filter(found -> found.record().equals(record))
          .orElseThrow(
              () -> CallOver.taken(name + " was written by another call at the same time."));
    }
  }

  private static String name(String object, String generation) {
    return FOLDER + object + "/" + generation + ".json";
  }
}
