package slipway.gcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.StorageException;
import com.google.common.base.Splitter;
import com.google.common.collect.Maps;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import slipway.artifact.Sha256;
import slipway.record.RecordJson;
import slipway.rollback.Consoles;
import slipway.rollout.TargetState;
import slipway.rollout.TargetStates;
import slipway.settings.TemplatePath;

/** The states of the targets and the saved consoles: the private bucket through Google's client. */
final class GcsPrivate implements TargetStates, Consoles.Store {
  private static final String FOLDER = "targets/";
  private static final String STATE = ".json";

  /** The key of a state's metadata whose value tells the templates of others' that it names. */
  private static final String BORROWED = "borrowed";

  /**
   * In characters; all metadata of an object has room for 8 KiB: cloud.google.com/storage/quotas.
   */
  private static final int LONGEST_METADATA = 6000;

  private final Storage storage;
  private final RawCalls objects;
  private final String bucket;

  GcsPrivate(Clients clients, String bucket) {
    this.storage = clients.storage();
    this.objects = RawCalls.toStorage(clients);
    this.bucket = bucket;
  }

  /** By one call: the client would take two to tell the generation too. */
  @Override
  public Stored find(String target) {
    RawCalls.Answer answer = objects.content(bucket, FOLDER + target + STATE);
    if (answer.status() == 404) {
      return new Stored(TargetState.NEW, 0);
    }
    if (answer.status() != 200) {
      answer.refusal().raiseIfForbidden("PRIVATE_BUCKET " + bucket);
      throw answer.failure(FOLDER + target + STATE);
    }
    long generation = Long.parseLong(Objects.requireNonNull(answer.generation()));
    return new Stored(RecordJson.read(answer.body(), TargetState.class), generation);
  }

  @Override
  public Optional<Stored> save(String target, TargetState state, long generation) {
    BlobInfo info =
        BlobInfo.newBuilder(state(target))
            .setContentType("application/json")
            .setMetadata(metadata(target, state))
            .build();
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

  /** None if it would be too long: then whoever wants to know reads the state. */
  private static Map<String, String> metadata(String target, TargetState state) {
    String paths =
        state.borrowed(target).stream().map(TemplatePath::value).sorted().collect(joining(" "));
    return paths.length() > LONGEST_METADATA ? Map.of() : Map.of(BORROWED, paths);
  }

  @Override
  public Set<String> names() {
    return list().keySet();
  }

  @Override
  public Set<TemplatePath> borrowed(Set<String> targets) {
    Set<TemplatePath> all = new HashSet<>();
    if (!targets.isEmpty()) {
      Maps.filterKeys(list(), targets::contains)
          .forEach((target, blob) -> all.addAll(borrowed(target, blob)));
    }
    return all;
  }

  private Set<TemplatePath> borrowed(String target, Blob listed) {
    Map<String, String> metadata = listed.getMetadata();
    String paths = metadata == null ? null : metadata.get(BORROWED);
    return paths == null
        ? find(target).state().borrowed(target)
        : Splitter.on(' ')
            .omitEmptyStrings()
            .splitToStream(paths)
            .map(TemplatePath::new)
            .collect(toSet());
  }

  /** The states' objects by the names of their targets. */
  private Map<String, Blob> list() {
    return storage
        .list(
            bucket,
            BlobListOption.prefix(FOLDER),
            BlobListOption.fields(BlobField.NAME, BlobField.METADATA))
        .streamAll()
        .filter(blob -> blob.getName().endsWith(STATE))
        .collect(
            toMap(
                blob ->
                    blob.getName()
                        .substring(FOLDER.length(), blob.getName().length() - STATE.length()),
                blob -> blob));
  }

  @Override
  public boolean isBlocked(String target, Sha256 digest) {
    return storage.get(blocked(target, digest), Storage.BlobGetOption.fields(BlobField.NAME))
        != null;
  }

  @Override
  public void block(String target, Sha256 digest, boolean wanted) {
    if (wanted) {
      storage.create(BlobInfo.newBuilder(blocked(target, digest)).build(), new byte[0]);
    } else {
      storage.delete(blocked(target, digest));
    }
  }

  private BlobId blocked(String target, Sha256 digest) {
    return BlobId.of(bucket, "blocked/" + target + "/" + digest.hex());
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

  private BlobId state(String target) {
    return BlobId.of(bucket, FOLDER + target + STATE);
  }
}
