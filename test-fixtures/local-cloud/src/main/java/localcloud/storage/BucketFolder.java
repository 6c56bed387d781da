package localcloud.storage;

import com.google.api.services.storage.model.Bucket;
import com.google.api.services.storage.model.StorageObject;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One bucket on disk: {@code bucket.json}, {@code objects/<hash of the name>.json} with each live
 * object's resource, {@code contents/<generation>}. An object exists when its resource does. Not
 * safe for threads by itself.
 */
final class BucketFolder {
  /** Google's documentation, "Objects: list": names are in the order of their UTF-8 bytes. */
  private static final Comparator<String> BY_BYTES =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

  private final Path folder;
  private Bucket bucket;
  private final NavigableMap<String, StorageObject> objects = new TreeMap<>(BY_BYTES);

  private BucketFolder(Path folder, Bucket bucket) {
    this.folder = folder;
    this.bucket = bucket;
  }

  static BucketFolder create(Path folder, Bucket bucket) throws IOException {
    Files.createDirectories(folder.resolve("objects"));
    Files.createDirectories(folder.resolve("contents"));
    WholeFile.write(folder.resolve("bucket.json"), bucket);
    return new BucketFolder(folder, bucket);
  }

  /** Reads what is there, and clears away what a sudden end left behind. */
  static BucketFolder load(Path folder) throws IOException {
    Bucket bucket = WholeFile.read(folder.resolve("bucket.json"), Bucket.class);
    BucketFolder loaded = new BucketFolder(folder, bucket);
    Set<String> contents = new HashSet<>();
    for (Path file : list(folder.resolve("objects"))) {
      if (file.toString().endsWith(".json")) {
        StorageObject object = WholeFile.read(file, StorageObject.class);
        loaded.objects.put(object.getName(), object);
        contents.add(object.getGeneration().toString());
      } else {
        Files.delete(file);
      }
    }
    for (Path file : list(folder.resolve("contents"))) {
      if (!contents.contains(file.getFileName().toString())) {
        Files.delete(file);
      }
    }
    return loaded;
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

  NavigableMap<String, StorageObject> objects() {
    return objects;
  }

  Path content(StorageObject object) {
    return folder.resolve("contents").resolve(object.getGeneration().toString());
  }

  /** Publishes a generation; the one before it is gone. */
  void put(StorageObject object, Path content) throws IOException {
    Files.move(content, content(object), StandardCopyOption.ATOMIC_MOVE);
    StorageObject before = objects.get(object.getName());
    save(object);
    dropContent(before);
  }

  /** Keeps an object's changed resource. */
  void save(StorageObject object) throws IOException {
    WholeFile.write(resource(object.getName()), object);
    objects.put(object.getName(), object);
  }

  void remove(String name) throws IOException {
    Files.delete(resource(name));
    dropContent(objects.remove(name));
  }

  /** Removes the whole bucket, which must be empty. */
  void delete() throws IOException {
    // Without this file the folder is no bucket.
    Files.delete(folder.resolve("bucket.json"));
    Files.delete(folder.resolve("objects"));
    Files.delete(folder.resolve("contents"));
    Files.delete(folder);
  }

  private Path resource(String name) {
    String hash = Hashing.sha256().hashString(name, StandardCharsets.UTF_8).toString();
    return folder.resolve("objects").resolve(hash + ".json");
  }

  private void dropContent(@Nullable StorageObject gone) throws IOException {
    if (gone != null) {
      Files.deleteIfExists(content(gone));
    }
  }
}
