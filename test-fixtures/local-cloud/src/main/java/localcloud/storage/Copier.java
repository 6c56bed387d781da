package localcloud.storage;

import com.google.api.client.util.Data;
import com.google.api.services.storage.model.ComposeRequest;
import com.google.api.services.storage.model.ComposeRequest.SourceObjects;
import com.google.api.services.storage.model.StorageObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import localcloud.world.refusals.ApiException;
import org.jspecify.annotations.Nullable;

/** Makes new objects of what the store already holds. */
public final class Copier {
  /** Google's documentation, "Composite objects". */
  private static final int MOST_SOURCES = 32;

  private final ObjectStore store;

  /** Works on this store. */
  public Copier(ObjectStore store) {
    this.store = store;
  }

  /**
   * An object to copy, under conditions of its own.
   *
   * @param key its generation, if given, must be the live one
   */
  public record Source(ObjectKey key, Conditions conditions) {}

  /**
   * Copies content, checksums and component count.
   *
   * @param wanted bucket and name; if it holds any metadata, that is all that the copy gets,
   *     otherwise the copy gets the source's
   */
  public StorageObject copy(Source source, StorageObject wanted, Conditions conditions)
      throws IOException {
    KeptFields.OBJECT.check(wanted);
    Path file = store.newFile();
    try {
      return publish(store.link(source, file), file, wanted, conditions);
    } finally {
      // Still there if the publication was refused.
      Files.deleteIfExists(file);
    }
  }

  /** Copies, and deletes what was copied. */
  public StorageObject move(Source source, StorageObject wanted, Conditions conditions)
      throws IOException {
    if (source.key().name().equals(wanted.getName())) {
      throw new ApiException(
          400, "invalid", "The source and destination object names must be different.");
    }
    synchronized (store) {
      StorageObject copy = copy(source, wanted, conditions);
      store.delete(source.key(), Conditions.NONE);
      return copy;
    }
  }

  private StorageObject publish(
      StorageObject from, Path file, StorageObject wanted, Conditions conditions)
      throws IOException {
    StorageObject resource = KeptFields.OBJECT.anyIn(wanted) ? wanted : from.clone();
    resource.setBucket(wanted.getBucket()).setName(wanted.getName());
    Content content =
        new Content(
            file,
            from.getSize().longValueExact(),
            from.getCrc32c(),
            from.getMd5Hash(),
            from.getComponentCount());
    return store.publish(resource, content, conditions);
  }

  /**
   * Joins up to 32 objects of one bucket, one after the other. The result has no MD5, and counts
   * its components; checksums that the client gives for it are not compared, as gcloud sends those
   * of the whole file it cut up.
   */
  public StorageObject compose(
      ComposeRequest request, String bucket, String name, Conditions conditions)
      throws IOException {
    if (Boolean.TRUE.equals(request.getDeleteSourceObjects())) {
      throw new ApiException(
          501, "notImplemented", "The local cloud does not delete what was composed");
    }
    StorageObject wanted =
        request.getDestination() == null ? new StorageObject() : request.getDestination().clone();
    wanted.setBucket(bucket).setName(name).setCrc32c(null).setMd5Hash(null);
    List<SourceObjects> sources = request.getSourceObjects();
    if (sources == null || sources.isEmpty() || sources.size() > MOST_SOURCES) {
      throw new ApiException(
          400, "invalid", "The number of source components must be between 1 and " + MOST_SOURCES);
    }
    store.checkUpload(wanted, conditions);
    try (Staging staging = store.stage()) {
      int components = 0;
      for (SourceObjects source : sources) {
        try (OpenObject part = store.open(key(bucket, source), conditions(source))) {
          staging.receive(part.from(0));
          components += components(part.object());
        }
      }
      return store.publish(wanted, staging.finish(wanted).composedOf(components), conditions);
    }
  }

  private static ObjectKey key(String bucket, SourceObjects source) {
    return new ObjectKey(bucket, source.getName(), given(source.getGeneration()));
  }

  private static Conditions conditions(SourceObjects source) {
    @Nullable Long generation =
        source.getObjectPreconditions() == null
            ? null
            : given(source.getObjectPreconditions().getIfGenerationMatch());
    return new Conditions(generation, null, null, null);
  }

  /** Python's client sends null for what it does not say. */
  private static @Nullable Long given(@Nullable Long number) {
    return Data.isNull(number) ? null : number;
  }

  private static int components(StorageObject part) {
    return part.getComponentCount() == null ? 1 : part.getComponentCount();
  }
}
