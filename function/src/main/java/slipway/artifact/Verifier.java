package slipway.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import slipway.fault.Rejection;
import slipway.settings.SigningKey;
import slipway.upload.Upload;

/**
 * Proves one upload in one pass over its bytes, in constant memory: buffers of 64 KiB whatever the
 * tarball claims to hold. The readers of gzip and tar are Slipway's own, because every refusal has
 * to name its fault, and because general readers expand first and judge later. Of commons-compress
 * 1.28.0 the numbers, sums and sparse entries are used, and no more: its gzip reader holds a
 * header's file name in memory, also one of 200 MB, and takes a wrong header checksum; its tar
 * reader calls a sparse disk of 8 GiB and more corrupted, and holds all of a sparse map.
 */
public final class Verifier {
  private final Limits limits;
  private final List<SigningKey> keys;

  /** The same verifier may prove any number of uploads; none of them needs a signature. */
  public Verifier(Limits limits) {
    this(limits, List.of());
  }

  /** For uploads that one of these keys must have signed, if there are any keys. */
  public Verifier(Limits limits, List<SigningKey> keys) {
    this.limits = limits;
    this.keys = keys;
  }

  /**
   * Reads the stream to its end and does not close it.
   *
   * @param upload the generation whose bytes the stream gives
   * @param bytes the stored bytes, never decoded on the way
   * @throws Rejection if the upload is no disk tarball that Compute Engine takes
   * @throws IOException as the stream threw it, because other bytes arrived than are stored, or
   *     because the deadline came first: never for what the stored bytes say, so the caller may try
   *     again
   */
  public VerifiedArtifact verify(Upload upload, InputStream bytes) throws IOException {
    Source source = new Source(bytes, upload, limits.deadlineReached());
    try (Gunzip gunzip = new Gunzip(source)) {
      ObjectCheck.check(upload);
      SignatureCheck signature = SignatureCheck.of(upload, keys);
      signature.requireSigned();
      DiskArchive.Disk disk = new DiskArchive(gunzip, limits.maxDiskGib()).prove();
      Sha256 sha256 = source.finish();
      return new VerifiedArtifact(upload, sha256, disk, signature.verify(sha256).orElse(null));
    } catch (Flaw flaw) {
      if (flaw.reason().looksLikeDamage()) {
        source.requireAsStored();
      }
      throw Remedies.reject(upload, flaw);
    }
  }
}
