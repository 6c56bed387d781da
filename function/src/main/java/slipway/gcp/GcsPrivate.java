package slipway.gcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageException;
import java.util.Optional;
import slipway.record.RecordJson;
import slipway.rollback.Consoles;
import slipway.rollout.TargetState;
import slipway.rollout.TargetStates;

/** The states of the targets and the saved consoles: the private bucket through Google's client. */
final class GcsPrivate implements TargetStates, Consoles.Store {
  private final Storage storage;
  private final String bucket;

  GcsPrivate(Storage storage, String bucket) {
    this.storage = storage;
    this.bucket = bucket;
  }

  @Override
  public Stored find(String target) {
    try {
      return GcsText.read(storage, state(target))
          .map(text -> new Stored(read(text.content()), text.generation()))
          .orElse(new Stored(TargetState.NEW, 0));
    } catch (StorageException failed) {
      Refusal.of(failed).raiseIfForbidden("PRIVATE_BUCKET " + bucket);
      throw failed;
    }
  }

  @Override
  public Optional<Stored> save(String target, TargetState state, long generation) {
    BlobInfo info = BlobInfo.newBuilder(state(target)).setContentType("application/json").build();
    byte[] json = RecordJson.write(state).getBytes(UTF_8);
    try {
      Blob blob = storage.create(info, json, Storage.BlobTargetOption.generationMatch(generation));
      return Optional.of(new Stored(state, blob.getGeneration()));
    } catch (StorageException failed) {
      if (failed.getCode() != 412) {
        throw failed;
      }
      // The client may have written it, lost the answer, and tried again.
      return Optional.of(find(target)).filter(found -> found.state().equals(state));
    }
  }

  @Override
  public Optional<String> hold(String target) {
    String name = "targets/" + target + ".hold";
    return Optional.ofNullable(storage.get(BlobId.of(bucket, name)))
        .map(there -> "gs://" + bucket + "/" + name);
  }

  @Override
  public Optional<String> keepFullest(String name, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    Blob there = storage.get(BlobId.of(bucket, name));
    if (bytes.length > (there == null ? 0 : there.getSize())) {
      storage.create(
          BlobInfo.newBuilder(bucket, name).setContentType("text/plain; charset=utf-8").build(),
          bytes);
    } else if (there == null) {
      return Optional.empty();
    }
    return Optional.of("gs://" + bucket + "/" + name);
  }

  private static TargetState read(String json) {
    return RecordJson.read(json, TargetState.class);
  }

  private BlobId state(String target) {
    return BlobId.of(bucket, "targets/" + target + ".json");
  }
}
