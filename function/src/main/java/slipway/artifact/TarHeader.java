package slipway.artifact;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import slipway.fault.Finding;
import slipway.fault.Printable;
import slipway.fault.Rejection;
import slipway.upload.Commands;

/**
 * The header of the archive's one member, in the only form that Compute Engine documents: old GNU,
 * a regular or sparse file, named disk.raw.
 *
 * @param storedBytes what follows the header (and the sparse map, where there is one)
 * @param diskBytes the disk's whole size
 */
record TarHeader(boolean sparse, long storedBytes, long diskBytes) {
  private static final int TYPE_AT = 156;
  private static final int MAGIC_AT = 257;
  private static final int SIZE_AT = 124;
  private static final int REAL_SIZE_AT = 483;
  private static final int NUMBER_BYTES = 12;
  private static final byte[] GNU_MAGIC = "ustar  \0".getBytes(StandardCharsets.US_ASCII);

  /** Reads and checks everything but the sizes' limits and the sparse map. */
  static TarHeader read(byte[] block, Subject subject) {
    checkSum(block, subject);
    char type = (char) (block[TYPE_AT] & 0xff);
    String name = TarBlock.text(block, 0, 100);
    MemberName.checkAppleDouble(name, subject);
    checkFormat(block, type, name, subject);
    checkType(type, name, subject);
    MemberName.check(name, subject);
    long stored = size(block, SIZE_AT, subject);
    boolean sparse = type == 'S';
    return new TarHeader(sparse, stored, sparse ? size(block, REAL_SIZE_AT, subject) : stored);
  }

  private static void checkSum(byte[] block, Subject subject) {
    long stated = TarBlock.statedSum(block);
    long sum = TarBlock.sum(block);
    if (stated == sum) {
      return;
    }
    String magic = TarBlock.text(block, MAGIC_AT, 5);
    if (!magic.equals("ustar") && stated < 0) {
      throw Magic.refuse(Reason.NOT_TAR, block, block.length, subject);
    }
    throw subject.refuse(
        Reason.TAR_CHECKSUM,
        "the checksum of the tar header",
        Long.toString(sum),
        stated < 0 ? "no number" : Long.toString(stated));
  }

  private static void checkFormat(byte[] block, char type, String name, Subject subject) {
    if (type == 'x' || type == 'g' || type == 'X') {
      throw format("posix (pax), a header of type " + type, subject);
    }
    if (name.startsWith("GNUSparseFile.")) {
      throw format("posix (pax), a sparse file named " + Printable.of(name), subject);
    }
    boolean gnu = Arrays.equals(block, MAGIC_AT, MAGIC_AT + GNU_MAGIC.length, GNU_MAGIC, 0, 8);
    // GNU tar writes a volume label (-V) without a magic; its type tells more.
    if (gnu || type == 'V') {
      return;
    }
    boolean ustar = TarBlock.text(block, MAGIC_AT, 6).equals("ustar");
    throw format(ustar ? "ustar" : "v7, a header without a magic", subject);
  }

  /** Compute Engine: "The tar archive format is not supported. Supported formats are: GNU ...". */
  private static Rejection format(String found, Subject subject) {
    return subject.refuse(Reason.TAR_FORMAT, "the tar format", "oldgnu or gnu", found);
  }

  private static void checkType(char type, String name, Subject subject) {
    if (type == '0' || type == 'S') {
      return;
    }
    if (type == 'L' || type == 'K') {
      throw subject.refuse(
          Reason.LONG_NAME,
          "the tar header",
          "the member disk.raw, whose name needs no long-name record",
          "a long-name record of type " + type);
    }
    boolean link = type == '1' || type == '2';
    Commands commands = subject.commands();
    throw subject.refuse(
        Reason.MEMBER_TYPE,
        new Finding("the tar member " + Printable.of(name), "a regular file", typeWords(type)),
        link ? commands.packFollowing() : commands.pack());
  }

  private static String typeWords(char type) {
    return switch (type) {
      case '1' -> "a hard link";
      case '2' -> "a symbolic link";
      case '3', '4' -> "a device";
      case '5' -> "a directory";
      case '6' -> "a FIFO";
      case 'V' -> "a volume label";
      case 'M' -> "the rest of a file from another volume";
      default -> "a member of type " + Printable.of(String.valueOf(type));
    };
  }

  private static long size(byte[] block, int at, Subject subject) {
    long size = TarBlock.number(block, at, NUMBER_BYTES);
    if (size < 0) {
      throw subject.refuse(
          Reason.TAR_NUMBER,
          "the size in the tar header",
          "octal digits or a number in base 256 below 2^63",
          "neither");
    }
    return size;
  }
}
