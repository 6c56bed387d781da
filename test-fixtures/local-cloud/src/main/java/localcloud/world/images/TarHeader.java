package localcloud.world.images;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The first header of an image's tar archive, by the layout in GNU tar's manual, "Basic Tar
 * Format".
 *
 * @param stored bytes of contents in the archive
 * @param size bytes of the disk
 */
record TarHeader(byte[] block, long stored, long size) {
  private static final int TYPE = 156;
  private static final int MAGIC = 257;
  private static final int CHECKSUM = 148;
  private static final int SPARSE_MAP = 386;
  private static final int MORE_MAP = 482;
  private static final int REAL_SIZE = 483;
  private static final byte[] GNU = "ustar  \0".getBytes(StandardCharsets.US_ASCII);

  /** Reads it, and refuses what Compute Engine refuses. */
  static TarHeader parse(byte[] block) {
    if (number(block, CHECKSUM, 8) != checksum(block)) {
      throw ImageTar.invalid();
    }
    if (!Arrays.equals(block, MAGIC, MAGIC + GNU.length, GNU, 0, GNU.length)) {
      throw ImageTar.wrongFormat();
    }
    String name = text(block);
    char type = (char) block[TYPE];
    if ("LKV".indexOf(type) >= 0) {
      throw ImageTar.invalid();
    }
    if (!name.equals("disk.raw")) {
      throw ImageTar.wrongName(name);
    }
    if ("0\0S".indexOf(type) < 0) {
      throw ImageTar.invalid();
    }
    long stored = number(block, 124, 12);
    long size = type == 'S' ? number(block, REAL_SIZE, 12) : stored;
    if (size <= 0 || size % ImageTar.GIB != 0 || size / ImageTar.GIB > ImageTar.MAX_GIB) {
      throw ImageTar.invalid();
    }
    return new TarHeader(block, stored, size);
  }

  boolean sparse() {
    return block[TYPE] == 'S';
  }

  /** Whether blocks with more of the sparse map follow. */
  boolean moreMap() {
    return block[MORE_MAP] != 0;
  }

  /** Adds the four extents that fit into the header. */
  void extentsInto(SparseMap map) {
    map.add(block, SPARSE_MAP, 4);
  }

  /** A number in octal digits, or in base 256 where the first bit says so. */
  static long number(byte[] block, int from, int length) {
    if ((block[from] & 0x80) != 0) {
      long value = block[from] & 0x7f;
      for (int i = from + 1; i < from + length; i++) {
        if (value >>> 54 != 0) {
          throw ImageTar.invalid();
        }
        value = value << 8 | block[i] & 0xff;
      }
      return value;
    }
    String digits =
        new String(block, from, length, StandardCharsets.ISO_8859_1).replace('\0', ' ').strip();
    if (!digits.matches("[0-7]{1,20}")) {
      throw ImageTar.invalid();
    }
    return Long.parseLong(digits, 8);
  }

  private static long checksum(byte[] block) {
    long sum = 0;
    for (int i = 0; i < ImageTar.BLOCK; i++) {
      sum += i >= CHECKSUM && i < CHECKSUM + 8 ? ' ' : block[i] & 0xff;
    }
    return sum;
  }

  private static String text(byte[] block) {
    int end = 0;
    while (end < 100 && block[end] != 0) {
      end++;
    }
    return new String(block, 0, end, StandardCharsets.UTF_8);
  }
}
