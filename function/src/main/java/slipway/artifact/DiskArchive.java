package slipway.artifact;

import java.io.IOException;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarArchiveStructSparse;
import slipway.fault.Printable;

/** The tar archive inside the gzip data: one member, the disk, and a proper end. */
final class DiskArchive {
  private static final int BUFFER_BYTES = 64 * 1024;

  /**
   * Zeros that may follow the two end blocks. GNU tar fills its last record, 10 KiB unless -b says
   * otherwise; 1 MiB leaves room for -b 2048 and stops a bomb of zeros.
   */
  private static final long MOST_PADDING = 1 << 20;

  private final Gunzip in;
  private final int maxDiskGib;
  private final byte[] buffer = new byte[BUFFER_BYTES];

  DiskArchive(Gunzip in, int maxDiskGib) {
    this.in = in;
    this.maxDiskGib = maxDiskGib;
  }

  /**
   * The disk in it.
   *
   * @param gib its size in GiB
   * @param bootSectors what its first sectors tell of how it boots
   */
  record Disk(int gib, BootSectors bootSectors) {}

  /** Reads the archive to its end. */
  Disk prove() throws IOException {
    byte[] block = firstBlock();
    TarHeader header = TarHeader.read(block);
    DiskSize size = new DiskSize(header.diskBytes(), maxDiskGib);
    size.requireInLimits();
    DiskStart start = new DiskStart();
    if (header.sparse()) {
      SparseMap.read(header, block, in, start::add);
    } else {
      start.add(new TarArchiveStructSparse(0, header.storedBytes()));
    }
    Disk disk = readDisk(header.storedBytes(), start, size);
    readEnd();
    readPadding();
    return disk;
  }

  private byte[] firstBlock() throws IOException {
    byte[] block = new byte[TarBlock.BYTES];
    int length = in.fill(block, 0, block.length);
    if (length < block.length) {
      throw FileKind.notTar(block, length);
    }
    if (TarBlock.zero(block)) {
      throw new Flaw(
          Reason.NO_MEMBER, "the tar archive", "one member, disk.raw", "no member, only zeros");
    }
    return block;
  }

  /** Looks at the first bytes before it reads on; a size in GiB is asked of a raw disk only. */
  private Disk readDisk(long stored, DiskStart start, DiskSize size) throws IOException {
    long left = stored;
    int first = (int) Math.min(left, buffer.length);
    checkFull(in.fill(buffer, 0, first), first, left);
    byte[] sectors = start.layOut(buffer, first);
    DiskStart.requireRaw(sectors);
    Disk disk = new Disk(size.wholeGib(), BootSectors.read(sectors));
    DiskStart.requireLabel(sectors);
    left -= first;
    while (left > 0) {
      int wanted = (int) Math.min(left, buffer.length);
      checkFull(in.fill(buffer, 0, wanted), wanted, left);
      left -= wanted;
    }
    int padding = (int) (-stored & (TarBlock.BYTES - 1));
    checkFull(in.fill(buffer, 0, padding), padding, padding);
    return disk;
  }

  private static void checkFull(int length, int wanted, long left) {
    if (length < wanted) {
      throw new Flaw(
          Reason.TAR_TRUNCATED,
          "the tar member disk.raw",
          "all of its bytes",
          "the end of the archive, " + (left - length) + " bytes short");
    }
  }

  private void readEnd() throws IOException {
    byte[] block = new byte[TarBlock.BYTES];
    for (int i = 0; i < 2; i++) {
      int length = in.fill(block, 0, block.length);
      if (length < block.length) {
        throw new Flaw(
            Reason.NO_END_OF_ARCHIVE,
            "the end of the tar archive",
            "two blocks of zeros",
            i == 0 ? "none" : "one");
      }
      checkZero(block, length);
    }
  }

  private void readPadding() throws IOException {
    long padding = 0;
    int length;
    while ((length = in.fill(buffer, 0, buffer.length)) > 0) {
      checkZero(buffer, length);
      padding += length;
      if (padding > MOST_PADDING) {
        throw new Flaw(
            Reason.ENDLESS_PADDING,
            "the end of the tar archive",
            "at most 1 MiB of zeros",
            "more than that");
      }
    }
  }

  private static void checkZero(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      if (bytes[i] != 0) {
        throw afterEnd(bytes, i);
      }
    }
  }

  private static Flaw afterEnd(byte[] bytes, int at) {
    byte[] block = Arrays.copyOfRange(bytes, at - at % TarBlock.BYTES, bytes.length);
    block = Arrays.copyOf(block, TarBlock.BYTES);
    if (TarBlock.statedSum(block) == TarBlock.sum(block)) {
      return new Flaw(
          Reason.MORE_THAN_ONE_MEMBER,
          "the tar archive",
          "one member, disk.raw",
          "a further one named " + Printable.of(TarBlock.text(block, 0, 100)));
    }
    return new Flaw(
        Reason.DATA_AFTER_END,
        "the tar archive",
        "zeros after disk.raw",
        "other bytes: " + Printable.bytes(block, block.length));
  }
}
