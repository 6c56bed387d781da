package slipway.artifact;

import java.util.List;

/**
 * How the archive stores the disk.
 *
 * @param storedBytes what follows the header, holes left out
 * @param head the extents that start within the disk's first 520 bytes, in order
 */
record DiskLayout(long storedBytes, List<Extent> head) {
  static DiskLayout plain(long size) {
    return new DiskLayout(size, List.of(new Extent(0, size)));
  }
}
