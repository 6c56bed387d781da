package slipway.artifact;

import java.io.IOException;
import java.io.InputStream;
import slipway.settings.Target;
import slipway.time.CallTime;
import slipway.upload.Upload;
import slipway.upload.UploadGone;

/** Proves an upload while it streams from its bucket. */
public final class ArtifactStage {
  private final ArtifactSource source;

  /** Reads uploads from here. */
  public ArtifactStage(ArtifactSource source) {
    this.source = source;
  }

  /**
   * Reads the upload to its end.
   *
   * @param target says how large a disk may be, and who must have signed it
   * @throws slipway.fault.Rejection if it is not what Compute Engine takes, or is there no more
   * @throws IOException if the connection fails
   */
  public VerifiedArtifact prove(Upload upload, Target target, CallTime time) throws IOException {
    try (InputStream bytes = source.open(upload)) {
      Limits limits = new Limits(target.maxDiskGib(), time::isOver);
      return new Verifier(limits, target.signingKeys()).verify(upload, bytes);
    } catch (UploadGone gone) {
      throw gone.rejection();
    }
  }
}
