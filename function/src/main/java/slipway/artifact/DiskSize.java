package slipway.artifact;

/**
 * The size that the archive declares for its disk.
 *
 * @param maxGib what the target takes
 */
record DiskSize(long bytes, int maxGib) {
  private static final String PART = "the size of disk.raw";
  private static final long GIB = 1L << 30;

  /** Looked at before anything is expanded. */
  void requireInLimits() {
    if (bytes == 0) {
      throw new Flaw(Reason.DISK_EMPTY, PART, "at least 1 GiB", "0 bytes");
    }
    if (bytes / GIB > maxGib || (bytes / GIB == maxGib && bytes % GIB > 0)) {
      throw new Flaw(Reason.DISK_TOO_LARGE, PART, "at most " + maxGib + " GiB", this);
    }
  }

  /** The whole GiB; looked at when it is known that the disk is a raw one. */
  int wholeGib() {
    if (bytes % GIB != 0) {
      throw new Flaw(Reason.DISK_SIZE, PART, "a whole number of GiB", this);
    }
    return (int) (bytes / GIB);
  }

  /** How many GiB have room for it. */
  long roundedUpGib() {
    return bytes / GIB + (bytes % GIB == 0 ? 0 : 1);
  }

  @Override
  public String toString() {
    return bytes % GIB == 0 ? bytes / GIB + " GiB" : bytes + " bytes";
  }
}
