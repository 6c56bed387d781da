package slipway.artifact;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a disk's MBR and GPT tell of the machines that can boot it.
 *
 * @param forBiosAlone whether its MBR holds code, which a BIOS runs, and it has no EFI system
 *     partition
 * @param forUefiAlone whether it has an EFI system partition, from which UEFI boots, and its MBR
 *     holds no code
 * @param architecture {@code X86_64} or {@code ARM64}, as the GPT's types of root partitions name
 *     it, or since a BIOS is x86's; null if nothing tells
 */
public record BootSectors(
    boolean forBiosAlone, boolean forUefiAlone, @Nullable String architecture) {
  /** UEFI specification, "MBR": from there on stand a signature and the partitions. */
  private static final int CODE_BYTES = 440;

  /** UEFI specification, "MBR Partition Record": a UEFI system partition. */
  private static final int MBR_EFI = 0xef;

  /** UEFI specification, "GPT Partition Entry": the EFI system partition. */
  private static final UUID GPT_EFI = UUID.fromString("c12a7328-f81f-11d2-ba4b-00a0c93ec93b");

  /** The Discoverable Partitions Specification's root partitions. */
  private static final UUID ROOT_X86_64 = UUID.fromString("4f68bce3-e8cd-4db1-96e7-fbcaf984b709");

  private static final UUID ROOT_ARM64 = UUID.fromString("b921b045-1df0-41c3-af44-4c6f280d3fae");

  private static final int ENTRIES_AT = DiskStart.GPT_AT + 72;
  private static final int ENTRY_COUNT_AT = DiskStart.GPT_AT + 80;
  private static final int ENTRY_BYTES_AT = DiskStart.GPT_AT + 84;
  private static final int SECTOR_BYTES = 512;
  private static final int LEAST_ENTRY_BYTES = 128;
  private static final int TYPE_BYTES = 16;

  /** Reads the first {@link DiskStart#BYTES} of a disk, whatever they hold. */
  static BootSectors read(byte[] disk) {
    boolean code = false;
    for (int i = 0; i < CODE_BYTES; i++) {
      code |= disk[i] != 0;
    }
    Set<UUID> types = new HashSet<>();
    boolean whole = addGptTypes(disk, types);
    boolean efi = types.contains(GPT_EFI) || hasMbrType(disk, MBR_EFI);
    boolean bios = code && !efi && whole;
    boolean arm = types.contains(ROOT_ARM64);
    boolean x86 = types.contains(ROOT_X86_64) || bios;
    return new BootSectors(bios, efi && !code, arm == x86 ? null : arm ? "ARM64" : "X86_64");
  }

  private static boolean hasMbrType(byte[] disk, int type) {
    boolean found = false;
    for (int i = 0; i < 4 && DiskStart.isMbr(disk, disk.length); i++) {
      int at = DiskStart.FIRST_PARTITION_TYPE_AT + i * DiskStart.PARTITION_BYTES;
      found |= (disk[at] & 0xff) == type;
    }
    return found;
  }

  /** False if there are entries beyond what was read; the header may say anything. */
  private static boolean addGptTypes(byte[] disk, Set<UUID> types) {
    if (!DiskStart.isGpt(disk, disk.length, DiskStart.GPT_AT)) {
      return true;
    }
    ByteBuffer bytes = ByteBuffer.wrap(disk).order(ByteOrder.LITTLE_ENDIAN);
    long sector = bytes.getLong(ENTRIES_AT);
    int size = bytes.getInt(ENTRY_BYTES_AT);
    long count = Integer.toUnsignedLong(bytes.getInt(ENTRY_COUNT_AT));
    if (sector < 2 || sector >= disk.length / SECTOR_BYTES || size < LEAST_ENTRY_BYTES) {
      return false;
    }
    long at = sector * SECTOR_BYTES;
    long end = at + count * size;
    for (; at < end && at + TYPE_BYTES <= disk.length; at += size) {
      types.add(uuid(bytes, (int) at));
    }
    return at >= end;
  }

  /** The first three of a GUID's parts are little-endian (UEFI specification, "GUID"). */
  private static UUID uuid(ByteBuffer bytes, int at) {
    long high =
        Integer.toUnsignedLong(bytes.getInt(at)) << 32
            | (bytes.getShort(at + 4) & 0xffffL) << 16
            | (bytes.getShort(at + 6) & 0xffffL);
    return new UUID(high, Long.reverseBytes(bytes.getLong(at + 8)));
  }
}
