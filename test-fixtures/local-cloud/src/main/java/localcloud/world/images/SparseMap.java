package localcloud.world.images;

import java.util.ArrayList;
import java.util.List;

/** Where in the disk the contents of an old GNU sparse member belong. */
final class SparseMap {
  private static final int ENTRY = 24;
  private static final int PER_BLOCK = 21;
  private static final int MORE = 504;

  /** Bytes [offset, offset + length) of the disk. */
  record Extent(long offset, long length) {}

  private final long size;
  private final List<Extent> extents = new ArrayList<>();
  private long end;
  private long stored;

  SparseMap(long size) {
    this.size = size;
  }

  /** Adds what one block of the map holds; true if another follows. */
  boolean addBlock(byte[] block) {
    add(block, 0, PER_BLOCK);
    return block[MORE] != 0;
  }

  void add(byte[] block, int from, int entries) {
    for (int at = from; at < from + entries * ENTRY && block[at] != 0; at += ENTRY) {
      add(TarHeader.number(block, at, 12), TarHeader.number(block, at + 12, 12));
    }
  }

  void add(long offset, long length) {
    if (offset < end || length > size - offset) {
      throw ImageTar.invalid();
    }
    end = offset + length;
    stored += length;
    extents.add(new Extent(offset, length));
  }

  long stored() {
    return stored;
  }

  List<Extent> extents() {
    return extents;
  }
}
