package slipway.artifact;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import slipway.fault.Printable;
import slipway.fault.Rejection;
import slipway.upload.Upload;

/**
 * At the pace at which its bytes came and were read, the upload could not be proven in a whole call
 * of the function. Once that may be the function's or the line's own trouble, so it is thrown as
 * passing; when it happens to the same upload again, {@link #rejection} tells the uploader.
 */
public final class ProofTooSlow extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Upload upload;
  private final transient Flaw flaw;

  /**
   * Takes what was seen.
   *
   * @param bytesRead of the upload, at least 1
   * @param needed what all of its bytes would take at that pace
   * @param call what a whole call has
   */
  ProofTooSlow(Upload upload, long bytesRead, Duration needed, Duration call) {
    super(
        "the proof of "
            + Printable.of(upload.object())
            + " would take "
            + needed.toSeconds()
            + " s at this pace, and a call has "
            + call.toSeconds());
    this.upload = upload;
    this.flaw =
        new Flaw(
            Reason.PROOF_TOO_LONG,
            "the proof",
            "to take at most " + call.toSeconds() + " s, the time of one call of the function",
            String.format(
                Locale.ROOT,
                "%d s at the pace of two calls: %d of %d bytes were read when the time was up",
                needed.toSeconds(),
                bytesRead,
                upload.sizeBytes()));
  }

  /** How the uploader is told, the second time. */
  public Rejection rejection() {
    return Remedies.reject(upload, flaw);
  }
}
