package slipway.artifact;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.tar.TarUtils;

/**
 * Fields of a 512-byte tar header. Numbers and sums are commons-compress's own business; what it
 * lets pass is looked at first. Its texts go by the platform's charset, so that one is ours.
 */
final class TarBlock {
  static final int BYTES = TarConstants.DEFAULT_RCDSIZE;

  private static final int CHECKSUM_AT = TarConstants.CHKSUM_OFFSET;
  private static final int CHECKSUM_BYTES = TarConstants.CHKSUMLEN;
  private static final byte BASE_256 = (byte) 0x80;
  private static final byte NEGATIVE = (byte) 0xff;

  private TarBlock() {}

  static boolean zero(byte[] block) {
    return zero(block, 0, block.length);
  }

  static boolean zero(byte[] block, int at, int length) {
    for (int i = at; i < at + length; i++) {
      if (block[i] != 0) {
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
   * A number in octal digits, filled up with spaces and NULs, or in GNU's base 256: 80, then the
   * number big-endian.
   *
   * @return the number, or -1 if it is none, negative, or beyond 2^63 - 1
   */
  static long number(byte[] block, int at, int length) {
    // commons-compress takes a field without a digit for 0, and a base 256 number of 2^87 or more
    // for a negative one.
    boolean good =
        isBase256(block[at])
            ? block[at] == BASE_256 && block[at + 1] >= 0
            : block[at] != 0 && hasDigit(block, at, length);
    return good ? parsed(block, at, length, -1) : -1;
  }

  /** Whether the field holds a time: a number, or in base 256 a negative one, before 1970. */
  static boolean isTime(byte[] block, int at, int length) {
    return number(block, at, length) >= 0
        || (block[at] == NEGATIVE && block[at + 1] < 0 && parsed(block, at, length, 0) < 0);
  }

  /** The sum of all bytes, those of the checksum itself counted as spaces. */
  static long sum(byte[] block) {
    byte[] blanked = Arrays.copyOf(block, BYTES);
    Arrays.fill(blanked, CHECKSUM_AT, CHECKSUM_AT + CHECKSUM_BYTES, (byte) ' ');
    return TarUtils.computeCheckSum(blanked);
  }

  /** The checksum that the header states, or -1 if that is no number in octal digits. */
  static long statedSum(byte[] block) {
    return isBase256(block[CHECKSUM_AT]) ? -1 : number(block, CHECKSUM_AT, CHECKSUM_BYTES);
  }

  private static boolean isBase256(byte first) {
    return first < 0;
  }

  private static boolean hasDigit(byte[] block, int at, int length) {
    for (int i = at; i < at + length; i++) {
      if (block[i] >= '0' && block[i] <= '7') {
        return true;
      }
    }
    return false;
  }

  private static long parsed(byte[] block, int at, int length, long none) {
    try {
      return TarUtils.parseOctalOrBinary(block, at, length);
    } catch (IllegalArgumentException noNumber) {
      return none;
    }
  }
}
