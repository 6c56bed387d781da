package localcloud.storage;

import com.google.api.client.util.DateTime;
import com.google.api.services.storage.model.Bucket;
import com.google.api.services.storage.model.Bucket.IamConfiguration;
import com.google.api.services.storage.model.Bucket.IamConfiguration.UniformBucketLevelAccess;
import com.google.api.services.storage.model.StorageObject;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Fills in what the store itself says of a bucket or an object. */
final class Resources {
  private static final Set<String> MULTI_REGIONS = Set.of("US", "EU", "ASIA");

  private Resources() {}

  static Bucket bucket(Bucket wanted, Instant now, long generation) {
    Bucket bucket = new Bucket();
    bucket.setLocation("US").setStorageClass("STANDARD");
    KeptFields.BUCKET.merge(wanted, bucket);
    bucket.setIamConfiguration(access(wanted.getIamConfiguration()));
    String location = bucket.getLocation().toUpperCase(Locale.ROOT);
    DateTime time = time(now);
    return bucket
        .setKind("storage#bucket")
        .setId(wanted.getName())
        .setName(wanted.getName())
        .setSelfLink("https://www.googleapis.com/storage/v1/b/" + wanted.getName())
        .setProjectNumber(BigInteger.ONE)
        .setLocation(location)
        .setLocationType(MULTI_REGIONS.contains(location) ? "multi-region" : "region")
        .setGeneration(generation)
        .setMetageneration(1L)
        .setEtag(etag(0, 1))
        .setTimeCreated(time)
        .setUpdated(time);
  }

  /** Buckets here have no ACLs, as buckets with uniform access have none at Google. */
  private static IamConfiguration access(@Nullable IamConfiguration asked) {
    IamConfiguration access = asked == null ? new IamConfiguration() : asked.clone();
    if (access.getPublicAccessPrevention() == null) {
      access.setPublicAccessPrevention("inherited");
    }
    if (access.getUniformBucketLevelAccess() == null) {
      access.setUniformBucketLevelAccess(new UniformBucketLevelAccess().setEnabled(true));
    }
    // The older name of the same, which Google still answers.
    return access.setBucketPolicyOnly(
        new IamConfiguration.BucketPolicyOnly()
            .setEnabled(access.getUniformBucketLevelAccess().getEnabled()));
  }

  static Bucket patched(Bucket before, Bucket patch, Instant now) {
    Bucket bucket = before.clone();
    KeptFields.BUCKET.merge(patch, bucket);
    if (patch.getIamConfiguration() != null) {
      IamConfiguration merged = before.getIamConfiguration().clone();
      merged.putAll(patch.getIamConfiguration());
      bucket.setIamConfiguration(access(merged));
    }
    long metageneration = before.getMetageneration() + 1;
    return bucket
        .setMetageneration(metageneration)
        .setEtag(etag(0, metageneration))
        .setUpdated(time(now));
  }

  /** A new generation; its storage class is empty if none is wanted. */
  static StorageObject object(StorageObject wanted, Content content, Instant now, long generation) {
    StorageObject object = new StorageObject();
    KeptFields.OBJECT.merge(wanted, object);
    DateTime time = time(now);
    object
        .setKind("storage#object")
        .setBucket(wanted.getBucket())
        .setName(wanted.getName())
        .setId(wanted.getBucket() + "/" + wanted.getName() + "/" + generation)
        .setGeneration(generation)
        .setMetageneration(1L)
        .setEtag(etag(generation, 1))
        .setTimeCreated(time)
        .setTimeFinalized(time)
        .setTimeStorageClassUpdated(time)
        .setUpdated(time);
    return Links.google(object)
        .setSize(BigInteger.valueOf(content.size()))
        .setCrc32c(content.crc32c())
        .setMd5Hash(content.md5Hash())
        .setComponentCount(content.componentCount());
  }

  static void patched(StorageObject object, Instant now) {
    long metageneration = object.getMetageneration() + 1;
    object
        .setMetageneration(metageneration)
        .setEtag(etag(object.getGeneration(), metageneration))
        .setUpdated(time(now));
  }

  private static DateTime time(Instant instant) {
    return new DateTime(instant.toEpochMilli(), 0);
  }

  /** Recorded answers show a base64 protobuf of two varints: generation (1), metageneration (2). */
  private static String etag(long generation, long metageneration) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (generation != 0) {
      bytes.write(1 << 3);
      varint(bytes, generation);
    }
    bytes.write(2 << 3);
    varint(bytes, metageneration);
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  private static void varint(ByteArrayOutputStream bytes, long value) {
    long rest = value;
    while (rest > 0x7f) {
      bytes.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
  }
}
