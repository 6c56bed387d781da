package slipway.artifact;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import slipway.settings.SigningKey;
import slipway.upload.Upload;

/**
 * The proof that an upload's bytes are a disk which Compute Engine can import and boot. Only the
 * verifier makes one, so a stage that takes it need not look again.
 */
public final class VerifiedArtifact {
  private final Upload upload;
  private final Sha256 sha256;
  private final DiskArchive.Disk disk;
  private final @Nullable SigningKey signedBy;

  VerifiedArtifact(
      Upload upload, Sha256 sha256, DiskArchive.Disk disk, @Nullable SigningKey signedBy) {
    this.upload = upload;
    this.sha256 = sha256;
    this.disk = disk;
    this.signedBy = signedBy;
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
    return disk.gib();
  }

  /** What its first sectors tell of how it boots. */
  public BootSectors bootSectors() {
    return disk.bootSectors();
  }

  /** The key that signed it; empty if the target asks for no signature, even if there is one. */
  public Optional<SigningKey> signedBy() {
    return Optional.ofNullable(signedBy);
  }

  /** Whether it has a signature that nobody looked at. */
  public boolean hasUncheckedSignature() {
    return signedBy == null && upload.metadata().containsKey(SignatureCheck.METADATA);
  }

  @Override
  public String toString() {
    return upload.object()
        + "#"
        + upload.generation()
        + " sha256:"
        + sha256
        + " "
        + diskGib()
        + " GiB";
  }
}
