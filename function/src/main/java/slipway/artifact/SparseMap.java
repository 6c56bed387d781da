package slipway.artifact;

import java.io.IOException;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.tar.TarArchiveStructSparse;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.tar.TarUtils;

/**
 * The list of a sparse disk's extents in old GNU form: four in the header, then blocks of 21 for as
 * long as each says that another follows (GNU tar's manual, "Storing Sparse Files"). Checked as it
 * passes and never kept.
 */
final class SparseMap {
  private static final int NUMBER_BYTES = TarConstants.SPARSE_OFFSET_LEN;
  private static final int ENTRY_BYTES = NUMBER_BYTES + TarConstants.SPARSE_NUMBYTES_LEN;
  private static final int EXTENDED_IN_BLOCK_AT = TarConstants.SPARSELEN_GNU_SPARSE;

  /** GNU tar looks for holes of 512 bytes, so a disk has at most one extent for every 1024. */
  private static final int BYTES_PER_EXTENT = 1024;

  private final TarHeader header;
  private final Consumer<TarArchiveStructSparse> extents;
  private TarArchiveStructSparse last = new TarArchiveStructSparse(0, 0);
  private long stored;
  private long count;
  private boolean closed;

  private SparseMap(TarHeader header, Consumer<TarArchiveStructSparse> extents) {
    this.header = header;
    this.extents = extents;
  }

  /**
   * Reads the map that starts in the header's block and goes on in the blocks after it.
   *
   * @param extents is given each extent, in order
   */
  static void read(
      TarHeader header, byte[] block, Gunzip in, Consumer<TarArchiveStructSparse> extents)
      throws IOException {
    SparseMap map = new SparseMap(header, extents);
    map.add(block, HeaderField.MAP.at, TarConstants.SPARSE_HEADERS_IN_OLDGNU_HEADER);
    boolean more = goesOn(block, HeaderField.EXTENDED.at);
    byte[] extension = new byte[TarBlock.BYTES];
    while (more) {
      map.checkOpen();
      if (in.fill(extension, 0, extension.length) < extension.length) {
        throw bad("a further block of extents", "the end of the archive");
      }
      map.add(extension, 0, TarConstants.SPARSE_HEADERS_IN_EXTENSION_HEADER);
      more = goesOn(extension, EXTENDED_IN_BLOCK_AT);
      int rest = EXTENDED_IN_BLOCK_AT + 1;
      if (!TarBlock.zero(extension, rest, TarBlock.BYTES - rest)) {
        throw bad("zeros at the end of a block of extents", "other bytes");
      }
    }
    map.finish();
  }

  /** To GNU tar anything but 0 says that a block follows, to commons-compress only 1 does. */
  private static boolean goesOn(byte[] block, int at) {
    if (block[at] != 0 && block[at] != 1) {
      throw bad(
          "0 or 1 to say whether a further block follows", Integer.toString(block[at] & 0xff));
    }
    return block[at] == 1;
  }

  private void add(byte[] block, int at, int most) {
    for (int i = 0; i < most; i++) {
      int entry = at + i * ENTRY_BYTES;
      if (block[entry + NUMBER_BYTES] == 0) {
        close(block, entry, at + most * ENTRY_BYTES);
        return;
      }
      if (TarBlock.number(block, entry, NUMBER_BYTES) < 0
          || TarBlock.number(block, entry + NUMBER_BYTES, NUMBER_BYTES) < 0) {
        throw bad("numbers", "an extent that has none");
      }
      add(TarUtils.parseSparse(block, entry));
    }
  }

  /** Readers differ in which of the two numbers ends the map, so nothing may stand after it. */
  private void close(byte[] block, int from, int to) {
    if (!TarBlock.zero(block, from, to - from)) {
      throw bad("nothing after the map's end", "bytes in it");
    }
    closed = true;
  }

  private void add(TarArchiveStructSparse next) {
    long offset = next.getOffset();
    long length = next.getNumbytes();
    if (offset > header.diskBytes() || length > header.diskBytes() - offset) {
      throw bad("extents within the disk's " + header.diskBytes() + " bytes", words(next));
    }
    if (offset < end(last)) {
      throw bad("extents in order that do not overlap", words(next) + " after " + end(last));
    }
    if (count > 0 && last.getNumbytes() == 0) {
      throw bad("no empty extent but the last", words(next) + " after an empty one");
    }
    if (++count > header.diskBytes() / BYTES_PER_EXTENT + 2) {
      throw bad("at most one extent for every 1024 bytes", "more than " + (count - 1));
    }
    stored += length;
    last = next;
    extents.accept(next);
  }

  private static long end(TarArchiveStructSparse extent) {
    return extent.getOffset() + extent.getNumbytes();
  }

  private static String words(TarArchiveStructSparse extent) {
    return extent.getNumbytes() + " bytes at " + extent.getOffset();
  }

  private void checkOpen() {
    if (closed) {
      throw bad("the end of the map after its last extent", "a further block");
    }
  }

  /** Some readers end the disk with the last extent, others at the size that the header states. */
  private void finish() {
    if (stored != header.storedBytes()) {
      throw bad(
          "extents of " + header.storedBytes() + " bytes, the member's size", stored + " bytes");
    }
    if (end(last) != header.diskBytes()) {
      throw bad(
          "a map that ends where the disk does, at byte " + header.diskBytes(),
          "a last extent of " + words(last));
    }
  }

  private static Flaw bad(String expected, String found) {
    return new Flaw(Reason.SPARSE_MAP, "the sparse map of disk.raw", expected, found);
  }
}
