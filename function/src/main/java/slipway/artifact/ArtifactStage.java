package slipway.artifact;

import java.io.IOException;
import java.io.InputStream;
import slipway.settings.Target;
import slipway.time.CallTime;
import slipway.upload.Upload;

/** Proves an upload while it streams from its bucket. */
public final class ArtifactStage {
  private final ArtifactSource source;

  public ArtifactStage(ArtifactSource source) {
    this.source = source;
  }

  /**
   * Reads the upload to its end.
   *
   * @param target says how large a disk may be, and who must have signed it
   * @throws slipway.fault.Rejection if it is not what Compute Engine takes, or is there no more
   * @throws ProofTooSlow if the time was used, and a whole call would not do at the pace seen
   * @throws IOException if the connection fails, or the time was used for another reason
   */
  public VerifiedArtifact prove(Upload upload, Target target, CallTime time) throws IOException {
    try (InputStream bytes = source.open(upload)) {
      return prove(upload, bytes, target, new Pace(time));
    } catch (UploadGone gone) {
      throw gone.rejection();
    }
  }

  private static VerifiedArtifact prove(Upload upload, InputStream bytes, Target target, Pace pace)
      throws IOException {
    try {
      Limits limits = new Limits(target.maxDiskGib(), pace::isOver);
      return new Verifier(limits, target.signingKeys()).verify(upload, bytes);
    } catch (ProofStopped stopped) {
      throw pace.judge(upload, stopped);
    }
  }
}
