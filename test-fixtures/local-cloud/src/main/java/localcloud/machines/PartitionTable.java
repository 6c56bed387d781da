package localcloud.machines;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import localcloud.world.instances.Board;

/**
 * What a firmware would find at a disk's start: code in the MBR, and the types of the partitions of
 * MBR and GPT (UEFI specification, chapter 5). Only a disk that plainly is for another machine does
 * not boot; what tells nothing does.
 *
 * @param code whether the first 440 bytes hold any
 * @param types of the GPT's partitions
 * @param efi whether there is an EFI system partition
 */
record PartitionTable(boolean code, Set<UUID> types, boolean efi) {
  private static final int SECTOR = 512;
  private static final int SECTORS = 34;
  private static final int CODE = 440;
  private static final int ENTRY = 128;
  private static final int TABLE = 2 * SECTOR;
  private static final UUID EFI = UUID.fromString("c12a7328-f81f-11d2-ba4b-00a0c93ec93b");

  /** Root partitions of the Discoverable Partitions Specification. */
  private static final UUID X86_64 = UUID.fromString("4f68bce3-e8cd-4db1-96e7-fbcaf984b709");

  private static final UUID ARM64 = UUID.fromString("b921b045-1df0-41c3-af44-4c6f280d3fae");

  static PartitionTable read(Path disk) throws IOException {
    byte[] bytes = new byte[SECTORS * SECTOR];
    try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "r")) {
      file.read(bytes);
    }
    boolean code = false;
    for (int i = 0; i < CODE; i++) {
      code |= bytes[i] != 0;
    }
    Set<UUID> types = new HashSet<>();
    if (new String(bytes, SECTOR, 8, StandardCharsets.ISO_8859_1).equals("EFI PART")) {
      for (int at = TABLE; at < bytes.length; at += ENTRY) {
        types.add(guid(ByteBuffer.wrap(bytes, at, 16)));
      }
    }
    boolean mbr = false;
    for (int at = 450; at < 510; at += 16) {
      mbr |= (bytes[at] & 0xff) == 0xef;
    }
    return new PartitionTable(code, types, mbr || types.contains(EFI));
  }

  /** Three little-endian numbers, and eight bytes. */
  private static UUID guid(ByteBuffer bytes) {
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    long high = bytes.getInt() & 0xffffffffL;
    high = high << 16 | bytes.getShort() & 0xffffL;
    high = high << 16 | bytes.getShort() & 0xffffL;
    return new UUID(high, bytes.order(ByteOrder.BIG_ENDIAN).getLong());
  }

  /** Whether a machine of this kind would find something to run. */
  boolean boots(Board board) {
    UUID other = board.architecture().equals("ARM64") ? X86_64 : ARM64;
    UUID own = board.architecture().equals("ARM64") ? ARM64 : X86_64;
    boolean foreign = types.contains(other) && !types.contains(own);
    return !foreign && (board.firmware() == Board.Firmware.UEFI ? efi || !code : code || !efi);
  }
}
