package slipway.artifact;

import slipway.fault.Finding;

/** The size that the archive declares for its disk; looked at before anything is expanded. */
final class DiskSize {
  private static final long GIB = 1L << 30;

  private DiskSize() {}

  /** The whole GiB, or the refusal. */
  static int gib(long bytes, int maxGib, Subject subject) {
    Commands commands = subject.commands();
    if (bytes == 0) {
      throw subject.refuse(Reason.DISK_EMPTY, "the size of disk.raw", "at least 1 GiB", "0 bytes");
    }
    if (bytes / GIB > maxGib || (bytes / GIB == maxGib && bytes % GIB > 0)) {
      throw subject.refuse(
          Reason.DISK_TOO_LARGE,
          new Finding("the size of disk.raw", "at most " + maxGib + " GiB", size(bytes)),
          "truncate -s "
              + maxGib
              + "G disk.raw && "
              + commands.pack()
              + " # if its partitions end before that; or have the operator raise maxDiskGib");
    }
    if (bytes % GIB != 0) {
      long next = bytes / GIB + 1;
      throw subject.refuse(
          Reason.DISK_SIZE,
          new Finding("the size of disk.raw", "a whole number of GiB", size(bytes)),
          "truncate -s " + next + "G disk.raw && " + commands.pack());
    }
    return (int) (bytes / GIB);
  }

  private static String size(long bytes) {
    return bytes % GIB == 0 ? bytes / GIB + " GiB" : bytes + " bytes";
  }
}
