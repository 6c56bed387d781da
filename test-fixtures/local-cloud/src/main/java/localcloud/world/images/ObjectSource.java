package localcloud.world.images;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Where the world reads the tarball that an image is made from. */
@FunctionalInterface
public interface ObjectSource {
  /**
   * Opens the live generation; empty if the bucket or the object does not exist.
   *
   * @throws IOException if it exists and cannot be read
   */
  Optional<InputStream> open(String bucket, String object) throws IOException;
}
