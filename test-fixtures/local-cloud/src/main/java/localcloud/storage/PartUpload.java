package localcloud.storage;

import com.google.api.services.storage.model.StorageObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import localcloud.world.refusals.ApiException;
import org.jspecify.annotations.Nullable;

/** A multipart upload of the XML API: parts that come in any order, and then become one object. */
public final class PartUpload {
  private final ObjectStore store;
  private final StorageObject wanted;
  private final TreeMap<Integer, Content> parts = new TreeMap<>();

  /** Of a part, each in base64. */
  public record Sums(String md5Hash, String crc32c) {}

  /** Begins without parts. */
  public PartUpload(ObjectStore store, StorageObject wanted) {
    this.store = store;
    this.wanted = wanted;
  }

  /** Keeps a part in the place of the one that has its number; returns its sums. */
  public Sums receive(int number, InputStream content) throws IOException {
    Content part;
    // Not closed: that would discard what it holds.
    Staging staging = store.stage();
    staging.receive(content);
    part = staging.finish(new StorageObject());
    Content before;
    synchronized (this) {
      before = parts.put(number, part);
    }
    discard(before);
    return new Sums(String.valueOf(part.md5Hash()), part.crc32c());
  }

  /**
   * Makes the object of these parts, in their order. Like a composite object it has no MD5.
   *
   * @throws ApiException 400 if one of them has not come
   */
  public synchronized StorageObject complete(List<Integer> numbers) throws IOException {
    List<InputStream> streams = new ArrayList<>(List.of(new ByteArrayInputStream(new byte[0])));
    try (Staging whole = store.stage()) {
      for (int number : numbers) {
        @Nullable Content part = parts.get(number);
        if (part == null) {
          throw new ApiException(400, "InvalidPart", "Part " + number + " has not been uploaded.");
        }
        streams.add(Files.newInputStream(part.file()));
      }
      try (InputStream all = new SequenceInputStream(Collections.enumeration(streams))) {
        whole.receive(all);
      }
      Content content = whole.finish(wanted).composedOf(numbers.size());
      StorageObject made = store.publish(wanted, content, Conditions.NONE);
      abort();
      return made;
    }
  }

  /** Forgets all parts. */
  public synchronized void abort() throws IOException {
    for (Content part : parts.values()) {
      discard(part);
    }
    parts.clear();
  }

  private static void discard(@Nullable Content part) throws IOException {
    if (part != null) {
      Files.deleteIfExists(part.file());
    }
  }
}
