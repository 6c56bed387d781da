package tarballs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32;

/** The start of a disk with a GPT (UEFI specification, "GUID Partition Table Disk Layout"). */
final class Gpt {
  /** From which UEFI boots. */
  static final UUID EFI_SYSTEM = UUID.fromString("c12a7328-f81f-11d2-ba4b-00a0c93ec93b");

  /** Of the Discoverable Partitions Specification, as the two that follow. */
  static final UUID ROOT_X86_64 = UUID.fromString("4f68bce3-e8cd-4db1-96e7-fbcaf984b709");

  static final UUID ROOT_ARM64 = UUID.fromString("b921b045-1df0-41c3-af44-4c6f280d3fae");

  private static final int ENTRY_BYTES = 128;
  private static final int ENTRIES = 128;
  private static final int HEADER_BYTES = 92;
  private static final int FIRST_USABLE = 34;
  private static final int PARTITION_SECTORS = 2048;
  private static final UUID ANY = UUID.fromString("00000000-0000-4000-8000-000000000001");

  private Gpt() {}

  /**
   * A protective MBR without code, the header and the table; 1 MiB to each partition, from 1 MiB
   * on.
   */
  static byte[] start(List<UUID> types) {
    ByteBuffer disk =
        ByteBuffer.allocate(FIRST_USABLE * Disk.SECTOR).order(ByteOrder.LITTLE_ENDIAN);
    long last = Disk.GIB / Disk.SECTOR - 1;
    disk.put(446 + 4, (byte) 0xee).putInt(446 + 8, 1).putInt(446 + 12, (int) last);
    disk.put(510, (byte) 0x55).put(511, (byte) 0xaa);
    int table = 2 * Disk.SECTOR;
    for (int i = 0; i < types.size(); i++) {
      int at = table + i * ENTRY_BYTES;
      guid(disk, at, types.get(i));
      guid(disk, at + 16, new UUID(ANY.getMostSignificantBits(), i + 1L));
      long first = (i + 1L) * PARTITION_SECTORS;
      disk.putLong(at + 32, first).putLong(at + 40, first + PARTITION_SECTORS - 1);
    }
    header(disk, last, crc(disk.array(), table, ENTRIES * ENTRY_BYTES));
    return disk.array();
  }

  private static void header(ByteBuffer disk, long last, int tableCrc) {
    int at = Disk.SECTOR;
    disk.put(at, "EFI PART".getBytes(StandardCharsets.US_ASCII));
    disk.putInt(at + 8, 0x10000).putInt(at + 12, HEADER_BYTES);
    disk.putLong(at + 24, 1).putLong(at + 32, last);
    disk.putLong(at + 40, FIRST_USABLE).putLong(at + 48, last - FIRST_USABLE + 1);
    guid(disk, at + 56, ANY);
    disk.putLong(at + 72, 2).putInt(at + 80, ENTRIES).putInt(at + 84, ENTRY_BYTES);
    disk.putInt(at + 88, tableCrc);
    disk.putInt(at + 16, crc(disk.array(), at, HEADER_BYTES));
  }

  private static void guid(ByteBuffer disk, int at, UUID guid) {
    long high = guid.getMostSignificantBits();
    disk.putInt(at, (int) (high >> 32)).putShort(at + 4, (short) (high >> 16));
    disk.putShort(at + 6, (short) high);
    disk.putLong(at + 8, Long.reverseBytes(guid.getLeastSignificantBits()));
  }

  private static int crc(byte[] bytes, int from, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }
}
