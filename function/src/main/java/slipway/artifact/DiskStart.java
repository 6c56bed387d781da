package slipway.artifact;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveStructSparse;

/**
 * The first bytes of the disk, holes as zeros: whether it is a raw disk, and one that Compute
 * Engine's firmware would boot from. Its disks have sectors of 512 bytes.
 */
final class DiskStart {
  /** An MBR, a GPT's header and its 128 entries of 128 bytes, as every program writes them. */
  static final int BYTES = 34 * 512;

  private static final String PART = "the start of disk.raw";
  private static final int MBR_AT = 510;
  static final int GPT_AT = 512;
  private static final int GPT_OF_4096_AT = 4096;
  private static final byte[] GPT = {'E', 'F', 'I', ' ', 'P', 'A', 'R', 'T'};
  static final int FIRST_PARTITION_TYPE_AT = 450;
  static final int PARTITION_BYTES = 16;

  /** UEFI specification, "Protective MBR": its only partition has this type. */
  private static final int PROTECTIVE = 0xee;

  private final List<TarArchiveStructSparse> extents = new ArrayList<>();

  /** Takes the next extent of the disk, in order. */
  void add(TarArchiveStructSparse extent) {
    if (extent.getOffset() < BYTES && extent.getNumbytes() > 0) {
      extents.add(extent);
    }
  }

  /**
   * The disk's first bytes.
   *
   * @param stored what the archive holds for the extents, from its first byte on
   */
  byte[] layOut(byte[] stored, int length) {
    byte[] disk = new byte[BYTES];
    long at = 0;
    for (TarArchiveStructSparse extent : extents) {
      long count = Math.min(extent.getNumbytes(), BYTES - extent.getOffset());
      count = Math.min(count, length - at);
      if (count > 0) {
        System.arraycopy(stored, (int) at, disk, (int) extent.getOffset(), (int) count);
      }
      at += extent.getNumbytes();
    }
    return disk;
  }

  /** Refuses a disk in another format, which is no disk to Compute Engine. */
  static void requireRaw(byte[] disk) {
    FileKind.startingWith(disk, disk.length)
        .filter(FileKind::isForeignDisk)
        .ifPresent(
            kind -> {
              throw new Flaw(Reason.NOT_RAW, "the content of disk.raw", "a raw disk", kind);
            });
  }

  /** Refuses a disk without a label that the firmware reads. */
  static void requireLabel(byte[] disk) {
    boolean of4096 = isGpt(disk, disk.length, GPT_OF_4096_AT);
    boolean mbr = isMbr(disk, disk.length);
    if (isGpt(disk, disk.length, GPT_AT) || (mbr && !(of4096 && isProtective(disk)))) {
      return;
    }
    if (of4096) {
      throw new Flaw(
          Reason.GPT_SECTOR_SIZE,
          PART,
          "a GPT for sectors of 512 bytes (EFI PART at byte 512)",
          "one for sectors of 4096 bytes (EFI PART at byte 4096)");
    }
    throw new Flaw(
        Reason.NO_BOOT_SIGNATURE,
        PART,
        "an MBR (55 aa at byte 510) or a GPT (EFI PART at byte 512)",
        "neither");
  }

  /** Whether the bytes look like the start of a raw disk. */
  static boolean hasLabel(byte[] disk, int length) {
    return isMbr(disk, length) || isGpt(disk, length, GPT_AT);
  }

  static boolean isMbr(byte[] disk, int length) {
    return length >= GPT_AT && disk[MBR_AT] == 0x55 && (disk[MBR_AT + 1] & 0xff) == 0xaa;
  }

  static boolean isGpt(byte[] disk, int length, int at) {
    return length >= at + GPT.length
        && Arrays.equals(disk, at, at + GPT.length, GPT, 0, GPT.length);
  }

  /** Whether the MBR holds nothing but the sign that a GPT follows. */
  private static boolean isProtective(byte[] disk) {
    int protective = 0;
    for (int i = 0; i < 4; i++) {
      int type = disk[FIRST_PARTITION_TYPE_AT + i * PARTITION_BYTES] & 0xff;
      if (type != 0 && type != PROTECTIVE) {
        return false;
      }
      protective += type == PROTECTIVE ? 1 : 0;
    }
    return protective > 0;
  }
}
