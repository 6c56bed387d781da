package slipway.artifact;

import java.util.Arrays;
import java.util.List;

/** Whether a disk is one that Compute Engine's firmware would boot from. */
final class DiskCheck {
  /** The two signatures end here: GPT's eight bytes start at byte 512. */
  static final int HEAD_BYTES = 520;

  private static final int MBR_AT = 510;
  private static final int GPT_AT = 512;
  private static final byte[] GPT = {'E', 'F', 'I', ' ', 'P', 'A', 'R', 'T'};

  private DiskCheck() {}

  /**
   * Lays out the disk's first bytes and looks for a signature; what lies in a hole is zero.
   *
   * @param head the extents that start within the first 520 bytes, in order
   * @param stored what the archive holds for them, from its first byte on
   */
  static void check(List<Extent> head, byte[] stored, int length, Subject subject) {
    byte[] disk = new byte[HEAD_BYTES];
    long at = 0;
    for (Extent extent : head) {
      long count = Math.min(extent.length(), HEAD_BYTES - extent.offset());
      count = Math.min(count, length - at);
      if (count > 0) {
        System.arraycopy(stored, (int) at, disk, (int) extent.offset(), (int) count);
      }
      at += extent.length();
    }
    if (!signed(disk, disk.length)) {
      throw subject.refuse(
          Reason.NO_BOOT_SIGNATURE,
          "the start of disk.raw",
          "an MBR (55 aa at byte 510) or a GPT (EFI PART at byte 512)",
          "neither");
    }
  }

  static boolean signed(byte[] disk, int length) {
    boolean mbr = length >= GPT_AT && disk[MBR_AT] == 0x55 && (disk[MBR_AT + 1] & 0xff) == 0xaa;
    boolean gpt =
        length >= HEAD_BYTES && Arrays.equals(disk, GPT_AT, HEAD_BYTES, GPT, 0, GPT.length);
    return mbr || gpt;
  }
}
