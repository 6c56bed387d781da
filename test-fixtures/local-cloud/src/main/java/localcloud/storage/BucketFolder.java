package localcloud.storage;

import com.google.api.services.storage.model.Bucket;
import com.google.api.services.storage.model.Policy;
import com.google.api.services.storage.model.StorageObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One bucket on disk: {@code bucket.json}, {@code contents/<generation>}, and what says which
 * objects there are, {@link ObjectIndex}. Not safe for threads by itself.
 */
final class BucketFolder {
  private final Path folder;
  private Bucket bucket;
  private ObjectIndex objects;

  private BucketFolder(Path folder, Bucket bucket, ObjectIndex objects) {
    this.folder = folder;
    this.bucket = bucket;
    this.objects = objects;
  }

  static BucketFolder create(Path folder, Bucket bucket) throws IOException {
    Files.createDirectories(folder.resolve("contents"));
    // A bucket before it of this name, whose removal came to a sudden end.
    clear(folder);
    WholeFile.write(folder.resolve("bucket.json"), bucket);
    return new BucketFolder(folder, bucket, ObjectIndex.open(folder));
  }

  /** Opens what is there, and ends what a sudden end left half done. */
  static BucketFolder load(Path folder) throws IOException {
    Bucket bucket = WholeFile.read(folder.resolve("bucket.json"), Bucket.class);
    FormerObjects.takeOver(folder);
    BucketFolder loaded = new BucketFolder(folder, bucket, ObjectIndex.open(folder));
    loaded.endLastChange();
    return loaded;
  }

  /** All changes before the last one were done to their end. */
  private void endLastChange() throws IOException {
    StorageObject put = objects.lastPut();
    StorageObject replaced = objects.lastReplaced();
    if (put != null && !Files.exists(content(put))) {
      objects = objects.withoutLast();
    } else if (replaced != null) {
      dropContent(replaced, put);
    }
  }

  static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  Bucket bucket() {
    return bucket;
  }

  /** Replaces its resource. */
  void become(Bucket changed) throws IOException {
    WholeFile.write(folder.resolve("bucket.json"), changed);
    bucket = changed;
  }

  /** As it was set last; null if it never was. */
  @Nullable Policy policy() throws IOException {
    Path file = folder.resolve("policy.json");
    return Files.exists(file) ? WholeFile.read(file, Policy.class) : null;
  }

  void setPolicy(Policy policy) throws IOException {
    WholeFile.write(folder.resolve("policy.json"), policy);
  }

  ObjectIndex objects() {
    return objects;
  }

  Path content(StorageObject object) {
    return folder.resolve("contents").resolve(object.getGeneration().toString());
  }

  /** Publishes a generation; the one before it is gone. */
  void put(StorageObject object, Path content) throws IOException {
    StorageObject before = objects.get(object.getName());
    objects.put(object);
    Files.move(content, content(object), StandardCopyOption.ATOMIC_MOVE);
    dropContent(before, object);
    objects.tidy();
  }

  /** Keeps an object's changed resource. */
  void save(StorageObject object) throws IOException {
    objects.put(object);
    objects.tidy();
  }

  void remove(StorageObject object) throws IOException {
    objects.remove(object.getName());
    dropContent(object, null);
    objects.tidy();
  }

  /** Removes the whole bucket, which must be empty. */
  void delete() throws IOException {
    // Without this file the folder is no bucket.
    Files.delete(folder.resolve("bucket.json"));
    clear(folder);
    Files.delete(folder.resolve("contents"));
    Files.delete(folder);
  }

  private static void clear(Path folder) throws IOException {
    ObjectIndex.delete(folder);
    Files.deleteIfExists(folder.resolve("policy.json"));
    for (Path content : list(folder.resolve("contents"))) {
      Files.delete(content);
    }
  }

  /** Unless what came after it has the same. */
  private void dropContent(@Nullable StorageObject gone, @Nullable StorageObject after)
      throws IOException {
    if (gone != null && (after == null || !gone.getGeneration().equals(after.getGeneration()))) {
      Files.deleteIfExists(content(gone));
    }
  }
}
