package slipway.image;

import java.io.IOException;
import slipway.upload.Upload;

/** The private bucket, where Compute reads what was proven and no uploader can swap it. */
public interface ProvenStore {
  /**
   * Copies exactly this generation on the server side; a copy that is already there is kept.
   *
   * @param name the copy's object name
   * @return the copy's CRC32C, in the form of {@link Upload#crc32c()}
   * @throws slipway.artifact.UploadGone if that generation exists no more
   */
  String copy(Upload upload, String name) throws IOException;

  /** Where Compute finds the copy: {@code https://storage.googleapis.com/BUCKET/OBJECT}. */
  String url(String name);

  /** Deletes the copy; one that is gone is no error. */
  void delete(String name);
}
