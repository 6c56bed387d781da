package slipway.artifact;

import java.io.IOException;
import slipway.fault.Printable;
import slipway.fault.Rejection;
import slipway.upload.Upload;

/** The uploaded generation was overwritten or deleted before it was taken. */
public final class UploadGone extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Upload upload;

  public UploadGone(Upload upload, Throwable cause) {
    super(Printable.of(upload.object()) + "#" + upload.generation() + " is gone", cause);
    this.upload = upload;
  }

  /** How the uploader is told. */
  public Rejection rejection() {
    return Remedies.reject(
        upload,
        new Flaw(
            Reason.UPLOAD_GONE,
            "generation " + upload.generation(),
            "to be there when it is taken",
            "that it was overwritten or deleted"));
  }
}
