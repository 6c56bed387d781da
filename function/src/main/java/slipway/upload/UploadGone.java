package slipway.upload;

import java.io.IOException;

/** The uploaded generation was overwritten or deleted before it was taken. */
public final class UploadGone extends IOException {
  private static final long serialVersionUID = 1L;

  /** Names what is gone. */
  public UploadGone(Upload upload, Throwable cause) {
    super(upload.object() + "#" + upload.generation() + " is gone", cause);
  }
}
