package slipway.gcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageException;
import java.util.Optional;
import slipway.prune.Takeover;
import slipway.record.RecordJson;

/** How far the records were read, in the private bucket through Google's client. */
final class GcsCursor implements Takeover.Cursor {
  private final Storage storage;
  private final BlobId object;

  GcsCursor(Storage storage, String bucket) {
    this.storage = storage;
    this.object = BlobId.of(bucket, "takeover.json");
  }

  @Override
  public Position find() {
    return GcsText.read(storage, object)
        .map(
            text -> {
              Position read = RecordJson.read(text.content(), Position.class);
              return new Position(read.behind(), read.done(), text.generation());
            })
        .orElse(new Position("", false, 0));
  }

  @Override
  public Optional<Position> save(Position position) {
    BlobInfo info = BlobInfo.newBuilder(object).setContentType("application/json").build();
    try {
      long generation =
          storage
              .create(
                  info,
                  RecordJson.write(position).getBytes(UTF_8),
                  Storage.BlobTargetOption.generationMatch(position.generation()))
              .getGeneration();
      return Optional.of(new Position(position.behind(), position.done(), generation));
    } catch (StorageException failed) {
      if (failed.getCode() != 412) {
        throw failed;
      }
      return Optional.empty();
    }
  }
}
