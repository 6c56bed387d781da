package slipway.artifact;

import java.util.Locale;
import slipway.fault.Finding;
import slipway.upload.Commands;

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
          shrink(maxGib, commands));
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

  /** Pasted as it stands it only looks: cutting a disk may cut a partition. */
  private static String shrink(int maxGib, Commands commands) {
    return String.format(
        Locale.ROOT,
        "fdisk -l disk.raw # if its partitions end before %d GiB: truncate -s %dG disk.raw && %s;"
            + " if not, have the operator raise maxDiskGib",
        maxGib,
        maxGib,
        commands.pack());
  }

  private static String size(long bytes) {
    return bytes % GIB == 0 ? bytes / GIB + " GiB" : bytes + " bytes";
  }
}
