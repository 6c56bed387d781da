package slipway.upload;

import java.io.IOException;
import slipway.fault.Finding;
import slipway.fault.Rejection;

/** The uploaded generation was overwritten or deleted before it was taken. */
public final class UploadGone extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Upload upload;

  /** Names what is gone. */
  public UploadGone(Upload upload, Throwable cause) {
    super(upload.object() + "#" + upload.generation() + " is gone", cause);
    this.upload = upload;
  }

  /** How the uploader is told. */
  public Rejection rejection() {
    return new Rejection(
        "upload-gone",
        new Finding(
            upload.object(),
            "generation " + upload.generation(),
            "that it was overwritten or deleted"),
        Commands.of(upload).send());
  }
}
