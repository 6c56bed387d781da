package localcloud.http;

import com.google.api.services.storage.model.Bucket;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import localcloud.world.refusals.ApiException;
import org.jspecify.annotations.Nullable;

/**
 * Access control lists, of which none is kept: a bucket with uniform access has none at Google
 * either, and refuses them; in any other bucket a new object may have one that grants nobody
 * anything beside the roles in the project. The organisation prevents public access.
 */
final class Acls {
  private static final String READ_MORE =
      " Read more at https://cloud.google.com/storage/docs/uniform-bucket-level-access.";

  private static final Set<String> PUBLIC =
      Set.of("publicRead", "publicReadWrite", "authenticatedRead");

  private static final Set<String> WITHIN_THE_PROJECT =
      Set.of("", "private", "projectPrivate", "bucketOwnerRead", "bucketOwnerFullControl");

  private Acls() {}

  /** Whether the bucket has uniform access. */
  static boolean isUniform(Bucket bucket) {
    return Boolean.TRUE.equals(
        bucket.getIamConfiguration().getUniformBucketLevelAccess().getEnabled());
  }

  /**
   * Refuses what an object's upload, copy or change says of its list. The first text is that of
   * Superbalist/flysystem-google-cloud-storage#118, the second that of
   * GoogleCloudPlatform/gsutil#1620.
   *
   * @param predefined the query's; empty for none
   * @param entries the body's
   */
  static void check(Bucket bucket, String predefined, @Nullable List<?> entries) {
    boolean named = entries != null && !entries.isEmpty();
    if (isUniform(bucket) && (named || !predefined.isEmpty())) {
      throw new ApiException(
          400,
          "invalid",
          "Cannot insert legacy ACL for an object when uniform bucket-level access is enabled."
              + READ_MORE);
    }
    checkPrivate(predefined);
    if (named) {
      throw missing();
    }
  }

  /** Refuses a list that grants anything to the public, or to nobody that Google knows. */
  static void checkPrivate(String predefined) {
    if (PUBLIC.contains(predefined)) {
      throw new ApiException(
          412,
          "conditionNotMet",
          "The member bindings allUsers and allAuthenticatedUsers are not allowed since public"
              + " access prevention is enforced.");
    }
    if (!WITHIN_THE_PROJECT.contains(predefined)) {
      throw new ApiException(
          400,
          "invalid",
          String.format(Locale.ROOT, "Invalid value for predefinedAcl: '%s'", predefined));
    }
  }

  /**
   * Refuses a call to the lists themselves. Google's verb for reading was seen in
   * googledatastudio/tooling#114, for buckets and objects alike.
   */
  static Answer refuse(Request request, Bucket bucket) {
    if (!isUniform(bucket)) {
      throw missing();
    }
    String verb = request.method().equals("GET") ? "get" : "insert";
    boolean object = request.path().contains("/o/");
    throw new ApiException(
        400,
        "invalid",
        String.format(
                Locale.ROOT, "Cannot %s legacy ACL for %s", verb, object ? "an object" : "a bucket")
            + (object
                ? " when uniform bucket-level access is enabled."
                : " that has uniform bucket-level access.")
            + READ_MORE);
  }

  private static ApiException missing() {
    return new ApiException(
        501, "notImplemented", "The local cloud does not keep access control lists");
  }
}
