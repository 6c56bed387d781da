package slipway.artifact;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import slipway.fault.Rejection;

/**
 * The list of a sparse disk's extents in old GNU form: four in the header, then blocks of 21 for as
 * long as each says that another follows (GNU tar's manual, "Storing Sparse Files"). Checked as it
 * passes and never kept, but for the few extents at the disk's very start.
 */
final class SparseMap {
  private static final int IN_HEADER_AT = 386;
  private static final int IN_HEADER = 4;
  private static final int EXTENDED_IN_HEADER_AT = 482;
  private static final int IN_BLOCK = 21;
  private static final int EXTENDED_IN_BLOCK_AT = 504;
  private static final int NUMBER_BYTES = 12;
  private static final int ENTRY_BYTES = 2 * NUMBER_BYTES;

  /** GNU tar looks for holes of 512 bytes, so a disk has at most one extent for every 1024. */
  private static final int BYTES_PER_EXTENT = 1024;

  private final TarHeader header;
  private final Subject subject;
  private final List<Extent> head = new ArrayList<>();
  private Extent last = new Extent(0, 0);
  private long stored;
  private long count;
  private boolean closed;

  private SparseMap(TarHeader header, Subject subject) {
    this.header = header;
    this.subject = subject;
  }

  /** Reads the map that starts in the header's block and goes on in the blocks after it. */
  static DiskLayout read(TarHeader header, byte[] block, Gunzip in, Subject subject)
      throws IOException {
    SparseMap map = new SparseMap(header, subject);
    map.add(block, IN_HEADER_AT, IN_HEADER);
    boolean more = block[EXTENDED_IN_HEADER_AT] != 0;
    byte[] extension = new byte[TarBlock.BYTES];
    while (more) {
      map.checkOpen();
      if (in.fill(extension, 0, extension.length) < extension.length) {
        throw map.bad("a further block of extents", "the end of the archive");
      }
      map.add(extension, 0, IN_BLOCK);
      more = extension[EXTENDED_IN_BLOCK_AT] != 0;
    }
    return map.finish();
  }

  private void add(byte[] block, int at, int most) {
    for (int i = 0; i < most; i++) {
      int entry = at + i * ENTRY_BYTES;
      if (block[entry + NUMBER_BYTES] == 0) {
        close(block, entry, at + most * ENTRY_BYTES);
        return;
      }
      long offset = TarBlock.number(block, entry, NUMBER_BYTES);
      long length = TarBlock.number(block, entry + NUMBER_BYTES, NUMBER_BYTES);
      if (offset < 0 || length < 0) {
        throw bad("numbers", "an extent that has none");
      }
      add(new Extent(offset, length));
    }
  }

  /** Readers differ in which of the two numbers ends the map, so nothing may stand after it. */
  private void close(byte[] block, int from, int to) {
    for (int i = from; i < to; i++) {
      if (block[i] != 0) {
        throw bad("nothing after the map's end", "bytes in it");
      }
    }
    closed = true;
  }

  private void add(Extent next) {
    if (next.offset() > header.diskBytes() || next.length() > header.diskBytes() - next.offset()) {
      throw bad("extents within the disk's " + header.diskBytes() + " bytes", words(next));
    }
    if (next.offset() < last.end()) {
      throw bad("extents in order that do not overlap", words(next) + " after " + last.end());
    }
    if (count > 0 && last.length() == 0) {
      throw bad("no empty extent but the last", words(next) + " after an empty one");
    }
    if (++count > header.diskBytes() / BYTES_PER_EXTENT + 2) {
      throw bad("at most one extent for every 1024 bytes", "more than " + (count - 1));
    }
    if (next.offset() < DiskCheck.HEAD_BYTES && next.length() > 0) {
      head.add(next);
    }
    stored += next.length();
    last = next;
  }

  private static String words(Extent extent) {
    return extent.length() + " bytes at " + extent.offset();
  }

  private void checkOpen() {
    if (closed) {
      throw bad("the end of the map after its last extent", "a further block");
    }
  }

  private DiskLayout finish() {
    if (stored != header.storedBytes()) {
      throw bad(
          "extents of " + header.storedBytes() + " bytes, the member's size", stored + " bytes");
    }
    return new DiskLayout(stored, List.copyOf(head));
  }

  private Rejection bad(String expected, String found) {
    return subject.refuse(Reason.SPARSE_MAP, "the sparse map of disk.raw", expected, found);
  }
}
