package tarballs;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A raw disk: runs of data, and holes of zeros between them.
 *
 * @param size in bytes, holes included
 * @param runs in order, apart from each other, each a multiple of 512 bytes
 * @param content what the runs hold
 */
record Disk(long size, List<Run> runs, Content content) {
  static final int SECTOR = 512;
  static final int MIB = 1 << 20;
  static final long GIB = 1L << 30;

  /** A run of data: where it starts and how long it is. */
  record Run(long offset, long length) {}

  /** Gives the disk's bytes from an offset on. */
  @FunctionalInterface
  interface Content {
    void copy(long offset, byte[] to, int length);
  }

  long dataBytes() {
    return runs.stream().mapToLong(Run::length).sum();
  }

  Disk resized(long newSize) {
    return new Disk(newSize, runs, content);
  }

  /** A boot sector with one active partition, and the machine's behaviour at its start. */
  static Disk simulated(SimulatedDisk machine) {
    return withStart(bootSector(), machine);
  }

  /** As above, with something else where the boot sector belongs. */
  static Disk withStart(byte[] start, SimulatedDisk machine) {
    byte[] line = sectors(machine.line().getBytes(StandardCharsets.UTF_8));
    Patch first = new Patch(start, 0);
    Patch second = new Patch(line, SimulatedDisk.LINE_AT);
    List<Run> runs = new ArrayList<>();
    if (start.length > 0) {
      runs.add(new Run(0, start.length));
    }
    runs.add(new Run(SimulatedDisk.LINE_AT, line.length));
    return new Disk(
        GIB,
        List.copyOf(runs),
        (offset, to, length) -> {
          Arrays.fill(to, 0, length, (byte) 0);
          first.lay(offset, to, length);
          second.lay(offset, to, length);
        });
  }

  /** Incompressible data in {@code count} equal parts, each but for its last 4 KiB a run. */
  static Disk noise(long size, int count) {
    Patch start = new Patch(bootSector(), 0);
    long part = size / count;
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      runs.add(new Run(i * part, part - 4096));
    }
    return new Disk(
        size,
        List.copyOf(runs),
        (offset, to, length) -> {
          Noise.fill(offset, to, length);
          start.lay(offset, to, length);
        });
  }

  /**
   * A loop in place of a boot loader (eb fe), one active partition of type 0c from LBA 2048, and
   * the signature.
   */
  static byte[] bootSector() {
    byte[] sector = new byte[SECTOR];
    sector[0] = (byte) 0xeb;
    sector[1] = (byte) 0xfe;
    sector[446] = (byte) 0x80;
    sector[450] = 0x0c;
    sector[455] = 0x08; // LBA 2048, little-endian at 454
    sector[459] = 0x08; // 2048 sectors
    sector[510] = 0x55;
    sector[511] = (byte) 0xaa;
    return sector;
  }

  private static byte[] sectors(byte[] bytes) {
    return Arrays.copyOf(bytes, (bytes.length + SECTOR - 1) / SECTOR * SECTOR);
  }

  /** Bytes that belong to one place of the disk. */
  private record Patch(byte[] bytes, long at) {
    void lay(long offset, byte[] to, int length) {
      long from = Math.max(at, offset);
      long end = Math.min(at + bytes.length, offset + length);
      if (from < end) {
        System.arraycopy(bytes, (int) (from - at), to, (int) (from - offset), (int) (end - from));
      }
    }
  }
}
