package localcloud.storage;

import com.google.api.services.storage.model.Bucket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.TreeMap;
import localcloud.world.refusals.ApiException;

/** All buckets by name. Not safe for threads by itself. */
final class BucketShelf {
  private final Path home;
  private final TreeMap<String, BucketFolder> folders = new TreeMap<>();

  BucketShelf(Path home) throws IOException {
    this.home = Files.createDirectories(home);
    for (Path bucket : BucketFolder.list(home)) {
      if (Files.exists(bucket.resolve("bucket.json"))) {
        folders.put(bucket.getFileName().toString(), BucketFolder.load(bucket));
      }
    }
  }

  /** Refuses a name that is taken, or that Google does not give. */
  void checkFree(String name) {
    ObjectKey.checkBucketName(name);
    if (folders.containsKey(name)) {
      throw new ApiException(
          409,
          "conflict",
          // The text of googleapis/google-cloud-cpp#10478; all buckets are of one owner here.
          "Your previous request to create the named bucket succeeded and you already own it.");
    }
  }

  void add(String name, Bucket bucket) throws IOException {
    folders.put(name, BucketFolder.create(home.resolve(name), bucket));
  }

  /** The bucket of this name, or 404. */
  BucketFolder need(String name) {
    BucketFolder folder = folders.get(name);
    if (folder == null) {
      throw new ApiException(404, "notFound", "The specified bucket does not exist.");
    }
    return folder;
  }

  Collection<BucketFolder> all() {
    return folders.values();
  }

  boolean holds(String bucket, String object) {
    return folders.containsKey(bucket) && need(bucket).objects().get(object) != null;
  }

  /** 409 if it holds an object. */
  void delete(String name) throws IOException {
    BucketFolder folder = need(name);
    if (!folder.objects().isEmpty()) {
      // The text of kestra-io/plugin-gcp#321, by which gsutil tells it from a taken name.
      throw new ApiException(409, "conflict", "The bucket you tried to delete is not empty.");
    }
    folder.delete();
    folders.remove(name);
  }
}
