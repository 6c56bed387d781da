package localcloud.storage;

import com.google.api.services.storage.model.Bucket;
import com.google.api.services.storage.model.Objects;
import com.google.api.services.storage.model.Policy;
import com.google.api.services.storage.model.StorageObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import localcloud.world.images.ObjectSource;
import localcloud.world.refusals.ApiException;
import org.jspecify.annotations.Nullable;

/**
 * Cloud Storage's rules over files: buckets, and objects without versioning. Content is streamed to
 * a file of its own and becomes an object by one rename; everything survives a restart. Refusals
 * are {@link ApiException}; an IOException is the disk's.
 */
public final class ObjectStore implements ObjectSource {
  private final BucketShelf buckets;
  private final Path incoming;
  private final InstantSource clock;
  private final FinalizeListener listener;
  private final Generations generations;
  private final AtomicLong staged = new AtomicLong();

  private ObjectStore(Path folder, InstantSource clock, FinalizeListener listener)
      throws IOException {
    this.buckets = new BucketShelf(folder.resolve("buckets"));
    this.incoming = Files.createDirectories(folder.resolve("incoming"));
    this.clock = clock;
    this.listener = listener;
    this.generations = Generations.open(folder.resolve("last-generation"), clock);
  }

  /**
   * Opens the store in this folder, which is its own; uploads that were under way are forgotten.
   *
   * @throws IOException if the folder cannot be read or written
   */
  public static ObjectStore open(Path folder, InstantSource clock, FinalizeListener listener)
      throws IOException {
    ObjectStore store = new ObjectStore(folder, clock, listener);
    for (Path leftOver : BucketFolder.list(store.incoming)) {
      Files.delete(leftOver);
    }
    return store;
  }

  /** Makes a bucket; 409 if the name is taken, 501 for a setting that would not be kept. */
  public synchronized Bucket insertBucket(Bucket wanted) throws IOException {
    String name = wanted.getName() == null ? "" : wanted.getName();
    buckets.checkFree(name);
    BucketRules.check(wanted);
    Bucket bucket = Resources.bucket(wanted, clock.instant(), generations.next());
    buckets.add(name, bucket);
    return bucket.clone();
  }

  /** The bucket's resource, or 404. */
  public synchronized Bucket bucket(String name) {
    return folder(name).bucket().clone();
  }

  /**
   * Merges into a bucket's resource (null removes); its metageneration grows.
   *
   * @param metageneration what it must be now; null asks nothing
   */
  public synchronized Bucket patchBucket(String name, Bucket patch, @Nullable Long metageneration)
      throws IOException {
    BucketFolder folder = folder(name);
    if (metageneration != null && !metageneration.equals(folder.bucket().getMetageneration())) {
      throw Conditions.notMet(412);
    }
    BucketRules.checkPatch(patch, folder.bucket());
    folder.become(Resources.patched(folder.bucket(), patch, clock.instant()));
    return folder.bucket().clone();
  }

  /** All buckets whose name starts so, by name. */
  public synchronized List<Bucket> buckets(String prefix) {
    return buckets.all().stream()
        .map(folder -> folder.bucket().clone())
        .filter(bucket -> bucket.getName().startsWith(prefix))
        .toList();
  }

  /** Deletes a bucket; 409 if it holds an object. */
  public synchronized void deleteBucket(String name) throws IOException {
    buckets.delete(name);
  }

  /** A bucket's policy as it was set last; null if it never was. */
  public synchronized @Nullable Policy policy(String bucket) throws IOException {
    return folder(bucket).policy();
  }

  /** Replaces a bucket's policy. */
  public synchronized void setPolicy(String bucket, Policy policy) throws IOException {
    folder(bucket).setPolicy(policy);
  }

  /** A place for content to come in. */
  public Staging stage() throws IOException {
    return new Staging(newFile());
  }

  /** Refuses an upload as {@link #publish} would, before its content has come. */
  public synchronized void checkUpload(StorageObject wanted, Conditions conditions) {
    ObjectKey key = ObjectKey.live(wanted.getBucket(), wanted.getName());
    key.checkName();
    KeptFields.OBJECT.check(wanted);
    BucketRules.checkClass(wanted.getStorageClass());
    conditions.checkWrite(folder(key.bucket()).objects().get(key.name()));
  }

  /**
   * Makes staged content an object's new live generation.
   *
   * @param wanted bucket and name, metadata, and the sums that the uploader declares, if any: 400
   *     if they differ
   */
  public StorageObject publish(StorageObject wanted, Staging content, Conditions conditions)
      throws IOException {
    return publish(wanted, content.finish(wanted), conditions);
  }

  /** Uploads in one call: for whoever fills the store from within. */
  public StorageObject put(StorageObject wanted, InputStream content, Conditions conditions)
      throws IOException {
    try (Staging staging = stage()) {
      staging.receive(content);
      return publish(wanted, staging, conditions);
    }
  }

  StorageObject publish(StorageObject wanted, Content content, Conditions conditions)
      throws IOException {
    StorageObject object;
    synchronized (this) {
      checkUpload(wanted, conditions);
      BucketFolder folder = folder(wanted.getBucket());
      object = Resources.object(wanted, content, clock.instant(), generations.next());
      if (object.getStorageClass() == null) {
        object.setStorageClass(folder.bucket().getStorageClass());
      }
      folder.put(object, content.file());
    }
    listener.finalized(object.clone());
    return object;
  }

  Path newFile() {
    return incoming.resolve(Long.toString(staged.incrementAndGet()));
  }

  /** Whether the object is there. */
  public synchronized boolean holds(String bucket, String object) {
    return buckets.holds(bucket, object);
  }

  /** The object's resource; 404, 412 or, if it "matches" what it must not, 304. */
  public synchronized StorageObject object(ObjectKey key, Conditions conditions) {
    StorageObject live = live(key);
    conditions.checkRead(live);
    return live;
  }

  /** Opens its content; the caller closes it. */
  public synchronized OpenObject open(ObjectKey key, Conditions conditions) throws IOException {
    StorageObject live = live(key);
    conditions.checkRead(live);
    Path content = folder(key.bucket()).content(live);
    return new OpenObject(live, Files.newByteChannel(content));
  }

  @Override
  public synchronized Optional<InputStream> open(String bucket, String object) throws IOException {
    if (!holds(bucket, object)) {
      return Optional.empty();
    }
    return Optional.of(open(ObjectKey.live(bucket, object), Conditions.NONE).from(0));
  }

  /** Contents never change once published: a copy is a second name for the same file. */
  synchronized StorageObject link(Copier.Source source, Path file) throws IOException {
    StorageObject live = live(source.key());
    source.conditions().checkWrite(live);
    Files.createLink(file, folder(source.key().bucket()).content(live));
    return live;
  }

  /** Merges into the metadata (null removes); the metageneration grows. */
  public StorageObject patch(ObjectKey key, StorageObject patch, Conditions conditions)
      throws IOException {
    return change(key, patch, conditions, false);
  }

  /** The same, and removes whatever is not named. */
  public StorageObject update(ObjectKey key, StorageObject whole, Conditions conditions)
      throws IOException {
    return change(key, whole, conditions, true);
  }

  private synchronized StorageObject change(
      ObjectKey key, StorageObject change, Conditions conditions, boolean replaces)
      throws IOException {
    StorageObject object = live(key);
    conditions.checkWrite(object);
    KeptFields.OBJECT.check(change);
    if (replaces) {
      KeptFields.OBJECT.clear(object);
    }
    KeptFields.OBJECT.merge(change, object);
    Resources.patched(object, clock.instant());
    folder(key.bucket()).save(object);
    return object;
  }

  /** Deletes the object. */
  public synchronized void delete(ObjectKey key, Conditions conditions) throws IOException {
    StorageObject live = live(key);
    conditions.checkWrite(live);
    folder(key.bucket()).remove(live);
  }

  /** One page of a bucket's objects. */
  public synchronized Objects list(String bucket, ListQuery query) {
    return Listing.page(folder(bucket).objects(), query);
  }

  private BucketFolder folder(String bucket) {
    return buckets.need(bucket);
  }

  private StorageObject live(ObjectKey key) {
    StorageObject live = folder(key.bucket()).objects().get(key.name());
    if (live == null
        || (key.generation() != null && !key.generation().equals(live.getGeneration()))) {
      throw key.notFound();
    }
    return live;
  }
}
