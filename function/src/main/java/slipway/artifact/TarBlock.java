package slipway.artifact;

import java.nio.charset.StandardCharsets;

/** Fields of a 512-byte tar header, as POSIX and GNU tar's manual ("Basic Tar Format") lay out. */
final class TarBlock {
  static final int BYTES = 512;

  private static final int CHECKSUM_AT = 148;
  private static final int CHECKSUM_BYTES = 8;
  private static final int BASE_256 = 0x80;

  private TarBlock() {}

  static boolean zero(byte[] block) {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  /** The text up to the first NUL; bytes that are no UTF-8 come out as U+FFFD. */
  static String text(byte[] block, int at, int length) {
    int end = at;
    while (end < at + length && block[end] != 0) {
      end++;
    }
    return new String(block, at, end - at, StandardCharsets.UTF_8);
  }

  /**
   * A number in octal digits, filled up with spaces and NULs, or in GNU's base 256: the first bit
   * set, the others big-endian.
   *
   * @return the number, or -1 if it is none, negative, or beyond 2^63 - 1
   */
  static long number(byte[] block, int at, int length) {
    return (block[at] & BASE_256) != 0 ? base256(block, at, length) : octal(block, at, length);
  }

  /** The sum of all bytes, those of the checksum itself counted as spaces. */
  static long sum(byte[] block) {
    long sum = 0;
    for (int i = 0; i < BYTES; i++) {
      boolean ofChecksum = i >= CHECKSUM_AT && i < CHECKSUM_AT + CHECKSUM_BYTES;
      sum += ofChecksum ? ' ' : block[i] & 0xff;
    }
    return sum;
  }

  /** The checksum that the header states, or -1 if that is no number. */
  static long statedSum(byte[] block) {
    return octal(block, CHECKSUM_AT, CHECKSUM_BYTES);
  }

  private static long octal(byte[] block, int at, int length) {
    int i = at;
    int end = at + length;
    while (i < end && block[i] == ' ') {
      i++;
    }
    int start = i;
    long value = 0;
    while (i < end && block[i] >= '0' && block[i] <= '7') {
      value = value * 8 + (block[i] - '0');
      i++;
    }
    boolean any = i > start;
    while (i < end && (block[i] == 0 || block[i] == ' ')) {
      i++;
    }
    return any && i == end ? value : -1;
  }

  private static long base256(byte[] block, int at, int length) {
    long value = block[at] & 0x7f;
    for (int i = at + 1; i < at + length; i++) {
      if (value >> (Long.SIZE - 1 - Byte.SIZE) != 0) {
        return -1;
      }
      value = value << Byte.SIZE | (block[i] & 0xff);
    }
    return value;
  }
}
