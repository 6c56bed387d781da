package slipway.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveStructSparse;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** Two readers of the same archive: the disk, holes and all, as each understands it. */
final class Readers {
  private static final int MOST_BYTES = 1 << 20;
  private static final int BUFFER_BYTES = 64 * 1024;

  private Readers() {}

  /**
   * The disk as the proof's own readers see it, of at most 1 MiB: the proof without a disk's
   * limits.
   *
   * @throws Flaw if they refuse it
   */
  static byte[] ours(byte[] tar) throws IOException {
    byte[] gzip = MutationTest.gzip(tar);
    Source source = new Source(new ByteArrayInputStream(gzip), Uploads.of(gzip), () -> false);
    try (Gunzip in = new Gunzip(source)) {
      byte[] block = new byte[TarBlock.BYTES];
      in.fill(block, 0, block.length);
      TarHeader header = TarHeader.read(block);
      new DiskSize(header.diskBytes(), 1).requireInLimits();
      return disk(header, extents(header, block, in), in);
    }
  }

  private static List<TarArchiveStructSparse> extents(TarHeader header, byte[] block, Gunzip in)
      throws IOException {
    List<TarArchiveStructSparse> extents = new ArrayList<>();
    if (header.sparse()) {
      SparseMap.read(header, block, in, extents::add);
    } else {
      extents.add(new TarArchiveStructSparse(0, header.storedBytes()));
    }
    return extents;
  }

  private static byte[] disk(TarHeader header, List<TarArchiveStructSparse> extents, Gunzip in)
      throws IOException {
    if (header.diskBytes() > MOST_BYTES) {
      throw new Flaw(Reason.DISK_TOO_LARGE, "the disk", "at most 1 MiB", header.diskBytes());
    }
    byte[] disk = new byte[(int) header.diskBytes()];
    for (TarArchiveStructSparse extent : extents) {
      int length = (int) extent.getNumbytes();
      if (in.fill(disk, (int) extent.getOffset(), length) < length) {
        throw new Flaw(Reason.TAR_TRUNCATED, "the disk", length + " bytes", "fewer");
      }
    }
    int padding = (int) (-header.storedBytes() & (TarBlock.BYTES - 1));
    byte[] rest = new byte[padding + 2 * TarBlock.BYTES + 1];
    int length = in.fill(rest, 0, rest.length);
    if (length != padding + 2 * TarBlock.BYTES || !TarBlock.zero(rest, padding, length - padding)) {
      throw new Flaw(Reason.DATA_AFTER_END, "the archive", "its end", "something else");
    }
    return disk;
  }

  /** The sum of the whole disk as the proof's own readers see it, whatever its size. */
  static long sumByUs(byte[] upload) throws IOException {
    Source source = new Source(new ByteArrayInputStream(upload), Uploads.of(upload), () -> false);
    try (Gunzip in = new Gunzip(source)) {
      byte[] block = new byte[TarBlock.BYTES];
      in.fill(block, 0, block.length);
      TarHeader header = TarHeader.read(block);
      List<TarArchiveStructSparse> extents = extents(header, block, in);
      CRC32C sum = new CRC32C();
      byte[] buffer = new byte[BUFFER_BYTES];
      byte[] zeros = new byte[BUFFER_BYTES];
      long at = 0;
      for (TarArchiveStructSparse extent : extents) {
        for (; at < extent.getOffset(); at += Math.min(BUFFER_BYTES, extent.getOffset() - at)) {
          sum.update(zeros, 0, (int) Math.min(BUFFER_BYTES, extent.getOffset() - at));
        }
        long end = at + extent.getNumbytes();
        while (at < end) {
          int length = in.fill(buffer, 0, (int) Math.min(BUFFER_BYTES, end - at));
          sum.update(buffer, 0, length);
          at += length;
        }
      }
      return sum.getValue();
    }
  }

  /** The sum of the whole disk as commons-compress sees it. */
  static long sumByCommonsCompress(InputStream upload) throws IOException {
    try (InputStream gunzip =
            GzipCompressorInputStream.builder()
                .setInputStream(upload)
                .setDecompressConcatenated(true)
                .get();
        TarArchiveInputStream in = new TarArchiveInputStream(new Filling(gunzip))) {
      TarArchiveEntry entry = in.getNextEntry();
      assertThat(entry.getName()).isEqualTo("disk.raw");
      long sum = sum(in);
      assertThat(in.getNextEntry()).isNull();
      return sum;
    }
  }

  static long sum(InputStream in) throws IOException {
    CRC32C sum = new CRC32C();
    byte[] buffer = new byte[BUFFER_BYTES];
    int length;
    while ((length = in.read(buffer)) > 0) {
      sum.update(buffer, 0, length);
    }
    return sum.getValue();
  }

  /** commons-compress takes a short read of a sparse member's data for the end of the archive. */
  private static final class Filling extends FilterInputStream {
    Filling(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      int count = in.readNBytes(to, offset, length);
      return count == 0 && length > 0 ? -1 : count;
    }
  }

  /** The small disk as commons-compress sees it. */
  static byte[] commonsCompress(byte[] tar) throws IOException {
    try (TarArchiveInputStream in = new TarArchiveInputStream(new ByteArrayInputStream(tar))) {
      TarArchiveEntry entry = in.getNextEntry();
      return in.readNBytes(Math.toIntExact(entry.getRealSize()));
    }
  }
}
