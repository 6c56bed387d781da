package slipway.upload;

import com.google.common.collect.Maps;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One generation of one object in the uploads bucket: what a finalize event tells of it.
 *
 * @param bucket the uploads bucket
 * @param object the object's name, slashes and all
 * @param generation changes with each write of the content
 * @param timeCreated when this generation was written, by the bucket's clock
 * @param sizeBytes the stored size
 * @param crc32c base64 of the four bytes of the CRC32C, most significant first; empty for an object
 *     that is encrypted with a key of the uploader's
 * @param contentEncoding as the uploader set it, or null
 * @param metadata what the uploader said of it: {@code git-sha}, {@code build-url}, {@code retry},
 *     {@code signature}, {@code architecture}, {@code guest-os-features}
 */
public record Upload(
    String bucket,
    String object,
    long generation,
    Instant timeCreated,
    long sizeBytes,
    String crc32c,
    @Nullable String contentEncoding,
    Map<String, String> metadata) {

  private static final String PLAN = "plan/";
  private static final Set<String> INSTRUCTIONS =
      Set.of("signature", "retry", "architecture", "guest-os-features");

  public Upload {
    metadata = Map.copyOf(metadata);
  }

  /** Whether it only asks what would be done. */
  public boolean isPlan() {
    return object.startsWith(PLAN);
  }

  /** What is to be deployed in the end: the same without {@code plan/} before its name. */
  public Upload withoutPlan() {
    return isPlan()
        ? new Upload(
            bucket,
            object.substring(PLAN.length()),
            generation,
            timeCreated,
            sizeBytes,
            crc32c,
            contentEncoding,
            metadata)
        : this;
  }

  /** What of its metadata Slipway acts on. */
  public Map<String, String> instructions() {
    return Maps.filterKeys(metadata, INSTRUCTIONS::contains);
  }
}
