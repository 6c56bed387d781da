package slipway.upload;

import java.time.Instant;
import java.util.Map;
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
 * @param metadata what the uploader said of it: {@code git-sha}, {@code build-url}, {@code retry}
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

  /** Takes a copy of the metadata. */
  public Upload {
    metadata = Map.copyOf(metadata);
  }
}
