package slipway.artifact;

import java.io.IOException;
import slipway.fault.Printable;
import slipway.upload.Upload;

/** The call's time was used before the proof came to its end. */
final class ProofStopped extends IOException {
  private static final long serialVersionUID = 1L;

  private final long bytesRead;

  ProofStopped(Upload upload, long bytesRead) {
    super(
        "the proof of "
            + Printable.of(upload.object())
            + ": the call's time was used "
            + (bytesRead == 0
                ? "before the first byte"
                : "after " + bytesRead + " of " + upload.sizeBytes() + " bytes"));
    this.bytesRead = bytesRead;
  }

  long bytesRead() {
    return bytesRead;
  }
}
