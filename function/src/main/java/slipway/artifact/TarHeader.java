package slipway.artifact;

import static org.apache.commons.compress.archivers.tar.TarConstants.LF_GNUTYPE_LONGLINK;
import static org.apache.commons.compress.archivers.tar.TarConstants.LF_GNUTYPE_LONGNAME;
import static org.apache.commons.compress.archivers.tar.TarConstants.LF_GNUTYPE_SPARSE;
import static org.apache.commons.compress.archivers.tar.TarConstants.LF_NORMAL;
import static org.apache.commons.compress.archivers.tar.TarConstants.LF_PAX_EXTENDED_HEADER_LC;
import static org.apache.commons.compress.archivers.tar.TarConstants.LF_PAX_EXTENDED_HEADER_UC;
import static org.apache.commons.compress.archivers.tar.TarConstants.LF_PAX_GLOBAL_EXTENDED_HEADER;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarConstants;
import slipway.fault.Printable;

/**
 * The header of the archive's one member, in the only form that Compute Engine documents: old GNU,
 * a regular or sparse file, named disk.raw.
 *
 * @param storedBytes what follows the header (and the sparse map, where there is one)
 * @param diskBytes the disk's whole size
 */
record TarHeader(boolean sparse, long storedBytes, long diskBytes) {
  private static final byte[] GNU_MAGIC =
      (TarConstants.MAGIC_GNU + TarConstants.VERSION_GNU_SPACE).getBytes(StandardCharsets.US_ASCII);

  /** Reads and checks everything but the sizes' limits and the sparse map. */
  static TarHeader read(byte[] block) {
    checkSum(block);
    char type = (char) (block[HeaderField.TYPE.at] & 0xff);
    String name = HeaderField.NAME.text(block);
    MemberName.checkAppleDouble(name);
    checkFormat(block, type, name);
    checkType(type, name);
    MemberName.check(name);
    boolean sparse = type == LF_GNUTYPE_SPARSE;
    long stored = HeaderField.SIZE.number(block);
    long disk = sparse ? HeaderField.REAL_SIZE.number(block) : stored;
    HeaderField.check(block, sparse);
    return new TarHeader(sparse, stored, disk);
  }

  private static void checkSum(byte[] block) {
    long stated = TarBlock.statedSum(block);
    long sum = TarBlock.sum(block);
    if (stated == sum) {
      return;
    }
    if (stated < 0 && !isUstar(block)) {
      throw FileKind.notTar(block, block.length);
    }
    throw new Flaw(
        Reason.TAR_CHECKSUM,
        "the checksum of the tar header",
        Long.toString(sum),
        stated < 0 ? "no number" : Long.toString(stated));
  }

  private static boolean isUstar(byte[] block) {
    return TarBlock.text(block, HeaderField.MAGIC.at, 5).equals("ustar");
  }

  private static void checkFormat(byte[] block, char type, String name) {
    if (type == LF_PAX_EXTENDED_HEADER_LC
        || type == LF_PAX_GLOBAL_EXTENDED_HEADER
        || type == LF_PAX_EXTENDED_HEADER_UC) {
      throw format("posix (pax), a header of type " + type);
    }
    if (name.startsWith("GNUSparseFile.")) {
      throw format("posix (pax), a sparse file named " + Printable.of(name));
    }
    int at = HeaderField.MAGIC.at;
    boolean gnu = Arrays.equals(block, at, at + GNU_MAGIC.length, GNU_MAGIC, 0, GNU_MAGIC.length);
    // GNU tar writes a volume label (-V) without a magic; its type tells more.
    if (!gnu && type != 'V') {
      throw format(isUstar(block) ? "ustar" : "v7, a header without a magic");
    }
  }

  /** Compute Engine: "The tar archive format is not supported. Supported formats are: GNU ...". */
  private static Flaw format(String found) {
    return new Flaw(Reason.TAR_FORMAT, "the tar format", "oldgnu or gnu", found);
  }

  private static void checkType(char type, String name) {
    if (type == LF_GNUTYPE_LONGNAME || type == LF_GNUTYPE_LONGLINK) {
      throw new Flaw(
          Reason.LONG_NAME,
          "the tar header",
          "the member disk.raw, whose name needs no long-name record",
          "a long-name record of type " + type);
    }
    if (type != LF_NORMAL && type != LF_GNUTYPE_SPARSE) {
      throw new Flaw(
          Reason.MEMBER_TYPE,
          "the tar member " + Printable.of(name),
          "a regular file",
          new MemberType(type));
    }
  }
}
