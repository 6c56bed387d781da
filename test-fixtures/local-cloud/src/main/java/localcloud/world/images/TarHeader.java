package localcloud.world.images;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveStructSparse;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.tar.TarUtils;

/**
 * The first member of an image's tar archive. Its fields are read by commons-compress, and asked
 * for one by one: its TarArchiveInputStream and TarFile (1.28.0) take the size of a sparse disk for
 * octal digits alone, so that every such disk of 8 GiB and more is "Corrupted" to them. Offsets
 * that the library does not name: GNU tar's manual, "Basic Tar Format".
 *
 * @param stored bytes of contents in the archive
 * @param size bytes of the disk
 * @param extents where in the disk the contents belong, in order
 */
record TarHeader(long stored, long size, List<TarArchiveStructSparse> extents) {
  private static final int SIZE = 124;
  private static final int SPARSE_MAP = 386;
  private static final int MORE_MAP = 482;
  private static final int REAL_SIZE = 483;

  /**
   * Reads it with its sparse map, and refuses what Compute Engine refuses.
   *
   * @throws IOException if the archive ends within it, or a number in it is none
   */
  static TarHeader read(InputStream tar) throws IOException {
    byte[] block = block(tar);
    char type = type(block);
    long stored = number(block, SIZE);
    long size = type == 'S' ? number(block, REAL_SIZE) : stored;
    if (size <= 0 || size % ImageTar.GIB != 0 || size / ImageTar.GIB > ImageTar.MAX_GIB) {
      throw ImageTar.invalid();
    }
    List<TarArchiveStructSparse> extents =
        type == 'S' ? map(block, tar) : List.of(new TarArchiveStructSparse(0, size));
    if (!fits(extents, stored, size)) {
      throw ImageTar.invalid();
    }
    return new TarHeader(stored, size, extents);
  }

  private static char type(byte[] block) {
    if (!TarUtils.verifyCheckSum(block)) {
      throw ImageTar.invalid();
    }
    int magicAndVersion = TarConstants.MAGICLEN + TarConstants.VERSIONLEN;
    String magic =
        new String(block, TarConstants.MAGIC_OFFSET, magicAndVersion, StandardCharsets.ISO_8859_1);
    if (!magic.equals(TarConstants.MAGIC_GNU + TarConstants.VERSION_GNU_SPACE)) {
      throw ImageTar.wrongFormat();
    }
    char type = (char) block[TarConstants.LF_OFFSET];
    if ("LKV".indexOf(type) >= 0) {
      throw ImageTar.invalid();
    }
    String name = TarUtils.parseName(block, 0, TarConstants.NAMELEN);
    if (!name.equals("disk.raw")) {
      throw ImageTar.wrongName(name);
    }
    if ("0\0S".indexOf(type) < 0) {
      throw ImageTar.invalid();
    }
    return type;
  }

  /** To the library an empty field is 0. */
  private static long number(byte[] block, int offset) {
    long value = TarUtils.parseOctalOrBinary(block, offset, TarConstants.SIZELEN);
    if (block[offset] == 0 || value < 0) {
      throw ImageTar.invalid();
    }
    return value;
  }

  private static List<TarArchiveStructSparse> map(byte[] header, InputStream tar)
      throws IOException {
    List<TarArchiveStructSparse> map = new ArrayList<>();
    add(header, SPARSE_MAP, TarConstants.SPARSE_HEADERS_IN_OLDGNU_HEADER, map);
    boolean more = TarUtils.parseBoolean(header, MORE_MAP);
    while (more) {
      byte[] further = block(tar);
      add(further, 0, TarConstants.SPARSE_HEADERS_IN_EXTENSION_HEADER, map);
      more = TarUtils.parseBoolean(further, TarConstants.SPARSELEN_GNU_SPARSE);
    }
    return map;
  }

  /** The map ends at its first empty place. */
  private static void add(byte[] block, int from, int most, List<TarArchiveStructSparse> map) {
    int length = TarConstants.SPARSE_OFFSET_LEN;
    int at = from;
    for (int i = 0; i < most && block[at] != 0; i++) {
      map.add(new TarArchiveStructSparse(number(block, at), number(block, at + length)));
      at += length + TarConstants.SPARSE_NUMBYTES_LEN;
    }
  }

  private static boolean fits(List<TarArchiveStructSparse> extents, long stored, long size) {
    long end = 0;
    long sum = 0;
    for (TarArchiveStructSparse extent : extents) {
      if (extent.getOffset() < end || extent.getNumbytes() > size - extent.getOffset()) {
        return false;
      }
      end = extent.getOffset() + extent.getNumbytes();
      sum += extent.getNumbytes();
    }
    return sum == stored;
  }

  private static byte[] block(InputStream tar) throws IOException {
    byte[] block = tar.readNBytes(TarConstants.DEFAULT_RCDSIZE);
    if (block.length < TarConstants.DEFAULT_RCDSIZE) {
      throw ImageTar.invalid();
    }
    return block;
  }
}
