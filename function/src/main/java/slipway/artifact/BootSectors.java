package slipway.artifact;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a disk's MBR and GPT tell of the machines that can boot it.
 *
 * @param bootCode whether the MBR holds code, which a BIOS runs and UEFI does not
 * @param efiSystemPartition whether there is a partition of that type, from which UEFI boots
 * @param architecture {@code X86_64} or {@code ARM64}, as the GPT's types of root partitions name
 *     it; null if they name none or both
 */
public record BootSectors(
    boolean bootCode, boolean efiSystemPartition, @Nullable String architecture) {
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
  private static final int TYPE_BYTES = 16;

  /** Reads the first {@link DiskStart#BYTES} of a disk, whatever they hold. */
  static BootSectors read(byte[] disk) {
    boolean code = false;
    for (int i = 0; i < CODE_BYTES; i++) {
      code |= disk[i] != 0;
    }
    Set<UUID> types = gptTypes(disk);
    Set<String> architectures = new TreeSet<>();
    if (types.contains(ROOT_X86_64)) {
      architectures.add("X86_64");
    }
    if (types.contains(ROOT_ARM64)) {
      architectures.add("ARM64");
    }
    return new BootSectors(
        code,
        types.contains(GPT_EFI) || hasMbrType(disk, MBR_EFI),
        architectures.size() == 1 ? architectures.iterator().next() : null);
  }

  /** Whether a BIOS finds nothing to run on it, and UEFI does. */
  public boolean areForUefiAlone() {
    return efiSystemPartition && !bootCode;
  }

  /**
   * The architecture that it is for. A BIOS's code without an EFI system partition is for x86: Arm
   * machines have no BIOS.
   */
  public Optional<String> onlyArchitecture() {
    boolean bios = bootCode && !efiSystemPartition;
    return Optional.ofNullable(architecture)
        .or(() -> bios ? Optional.of("X86_64") : Optional.empty());
  }

  private static boolean hasMbrType(byte[] disk, int type) {
    boolean found = false;
    for (int i = 0; i < 4 && DiskStart.isMbr(disk, disk.length); i++) {
      int at = DiskStart.FIRST_PARTITION_TYPE_AT + i * DiskStart.PARTITION_BYTES;
      found |= (disk[at] & 0xff) == type;
    }
    return found;
  }

  /** Of the entries that are within what was read; the header may say anything. */
  private static Set<UUID> gptTypes(byte[] disk) {
    Set<UUID> types = new TreeSet<>();
    if (!DiskStart.isGpt(disk, disk.length, DiskStart.GPT_AT)) {
      return types;
    }
    ByteBuffer bytes = ByteBuffer.wrap(disk).order(ByteOrder.LITTLE_ENDIAN);
    long sector = bytes.getLong(ENTRIES_AT);
    int size = bytes.getInt(ENTRY_BYTES_AT);
    long count = Integer.toUnsignedLong(bytes.getInt(ENTRY_COUNT_AT));
    boolean sound = sector > 1 && sector < disk.length / SECTOR_BYTES && size >= 128;
    long at = sector * SECTOR_BYTES;
    for (long i = 0; sound && i < count && at + TYPE_BYTES <= disk.length; i++, at += size) {
      types.add(uuid(bytes, (int) at));
    }
    return types;
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
