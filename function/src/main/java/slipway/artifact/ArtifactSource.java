package slipway.artifact;

import java.io.IOException;
import java.io.InputStream;
import slipway.upload.Upload;

/** The uploads bucket, read only. */
@FunctionalInterface
public interface ArtifactSource {
  /**
   * Streams exactly this generation as it is stored.
   *
   * @throws slipway.artifact.UploadGone if it exists no more; also thrown by the stream's reads
   * @throws IOException if the connection fails
   */
  InputStream open(Upload upload) throws IOException;
}
