package localcloud.storage;

import com.google.api.services.storage.model.Bucket;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import localcloud.world.refusals.ApiException;
import org.jspecify.annotations.Nullable;

/** What Cloud Storage refuses of a bucket's resource. */
final class BucketRules {
  /** Google's documentation, "Storage classes", with those of before. */
  private static final Set<String> CLASSES =
      Set.of(
          "STANDARD",
          "NEARLINE",
          "COLDLINE",
          "ARCHIVE",
          "MULTI_REGIONAL",
          "REGIONAL",
          "DURABLE_REDUCED_AVAILABILITY");

  /** Google's documentation, "Bucket locations": multi-regions, dual regions, regions by form. */
  private static final Pattern LOCATION =
      Pattern.compile("US|EU|ASIA|NAM4|EUR[4578]|ASIA1|[A-Z]+-[A-Z]+\\d+");

  /** Google's documentation, "Bucket labels". */
  private static final Pattern LABEL_KEY =
      Pattern.compile("[\\p{Ll}\\p{Lo}][\\p{Ll}\\p{Lo}\\p{N}_-]{0,62}");

  private static final Pattern LABEL_VALUE = Pattern.compile("[\\p{Ll}\\p{Lo}\\p{N}_-]{0,63}");

  private BucketRules() {}

  /** Refuses what Google refuses, and with 501 a setting that would not be kept. */
  static void check(Bucket wanted) {
    KeptFields.BUCKET.check(wanted);
    checkClass(wanted.getStorageClass());
    String location = wanted.getLocation();
    if (location != null && !LOCATION.matcher(location.toUpperCase(Locale.ROOT)).matches()) {
      // The text of GoogleCloudPlatform/gsutil#827.
      throw invalid("The specified location constraint is not valid.");
    }
    if (wanted.getLabels() != null) {
      wanted.getLabels().forEach(BucketRules::checkLabel);
    }
  }

  /** The same of a patch; a bucket stays where it is. */
  static void checkPatch(Bucket patch, Bucket now) {
    check(patch);
    String location = patch.getLocation();
    if (location != null && !location.equalsIgnoreCase(now.getLocation())) {
      throw invalid("The bucket's location cannot be changed.");
    }
  }

  static void checkClass(@Nullable String storageClass) {
    if (storageClass != null && !CLASSES.contains(storageClass)) {
      throw invalid(
          String.format(Locale.ROOT, "The storage class '%s' is not valid.", storageClass));
    }
  }

  private static void checkLabel(String key, @Nullable String value) {
    if (!LABEL_KEY.matcher(key).matches()) {
      throw invalid("Label key '" + key + "' violates format constraints.");
    }
    if (value != null && !LABEL_VALUE.matcher(value).matches()) {
      throw invalid("Label value '" + value + "' violates format constraints.");
    }
  }

  private static ApiException invalid(String sentence) {
    return new ApiException(400, "invalid", sentence);
  }
}
