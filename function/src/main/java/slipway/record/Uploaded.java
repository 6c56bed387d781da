package slipway.record;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import slipway.upload.Upload;

/**
 * What was uploaded.
 *
 * @param generation as text: JSON's numbers are too short for it
 * @param crc32c as the event had it
 * @param contentEncoding as the uploader set it, or null
 */
public record Uploaded(
    String bucket,
    String object,
    String generation,
    Instant timeCreated,
    long sizeBytes,
    String crc32c,
    @Nullable String contentEncoding,
    Map<String, String> metadata) {
  /** As the event had it. */
  public Upload asUpload() {
    return new Upload(
        bucket,
        object,
        Long.parseLong(generation),
        timeCreated,
        sizeBytes,
        crc32c,
        contentEncoding,
        metadata);
  }

  static Uploaded of(Upload upload) {
    return new Uploaded(
        upload.bucket(),
        upload.object(),
        Long.toString(upload.generation()),
        upload.timeCreated(),
        upload.sizeBytes(),
        upload.crc32c(),
        upload.contentEncoding(),
        upload.metadata());
  }
}
