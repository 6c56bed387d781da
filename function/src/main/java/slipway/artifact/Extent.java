package slipway.artifact;

/** A run of stored bytes of a sparse disk: where on the disk it starts and how long it is. */
record Extent(long offset, long length) {
  /** The first byte after it. */
  long end() {
    return offset + length;
  }
}
