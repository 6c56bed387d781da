package slipway.artifact;

import slipway.upload.Upload;

/**
 * The proof that an upload's bytes are a disk which Compute Engine can import and boot. Only the
 * verifier makes one, so a stage that takes it need not look again.
 */
public final class VerifiedArtifact {
  private final Upload upload;
  private final Sha256 sha256;
  private final int diskGib;

  VerifiedArtifact(Upload upload, Sha256 sha256, int diskGib) {
    this.upload = upload;
    this.sha256 = sha256;
    this.diskGib = diskGib;
  }

  /** The generation that was proven, and no other one of the same name. */
  public Upload upload() {
    return upload;
  }

  /** Of the tarball's bytes, not of the disk's. */
  public Sha256 sha256() {
    return sha256;
  }

  /** The disk's whole size, holes included, in GiB. */
  public int diskGib() {
    return diskGib;
  }

  @Override
  public String toString() {
    return upload.object()
        + "#"
        + upload.generation()
        + " sha256:"
        + sha256
        + " "
        + diskGib
        + " GiB";
  }
}
