package localcloud.storage;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Finished content, not yet part of an object.
 *
 * @param size in bytes
 * @param crc32c the big-endian sum in base64
 * @param md5Hash in base64; null for a composite object, which has none
 * @param componentCount null unless composite
 */
record Content(
    Path file,
    long size,
    String crc32c,
    @Nullable String md5Hash,
    @Nullable Integer componentCount) {
  Content composedOf(int components) {
    return new Content(file, size, crc32c, null, components);
  }
}
