package slipway.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Disks whose tables say less, or something else, than those of common programs. */
class BootSectorsTest {
  private static final BootSectors NOTHING = new BootSectors(false, false, null);

  private final byte[] disk = new byte[DiskStart.BYTES];
  private final ByteBuffer bytes = ByteBuffer.wrap(disk).order(ByteOrder.LITTLE_ENDIAN);

  @Test
  void anMbrMayHaveAnEfiSystemPartition() {
    mbr();
    disk[450] = (byte) 0xef;

    assertThat(BootSectors.read(disk)).isEqualTo(new BootSectors(false, true, null));
  }

  @Test
  void anMbrWithoutItsSignatureHasNoPartitions() {
    disk[450] = (byte) 0xef;

    assertThat(BootSectors.read(disk)).isEqualTo(NOTHING);
  }

  @ParameterizedTest
  @CsvSource({
    "0,           128, 128",
    "1,           128, 128",
    "34,          128, 128",
    "-1,          128, 128",
    "2,           129, 128",
    "2,           -1,  128",
    "2,           128, 127",
    "2,           128, 0",
    "2,           128, -128",
    "4294967298,  128, 128"
  })
  void nothingIsToldOfATableThatWasNotReadWhole(long sector, int count, int size) {
    disk[0] = 1;
    mbr();
    bytes.put(512, "EFI PART".getBytes(StandardCharsets.US_ASCII));
    bytes.putLong(512 + 72, sector).putInt(512 + 80, count).putInt(512 + 84, size);

    assertThat(BootSectors.read(disk)).isEqualTo(NOTHING);
  }

  @Test
  void anyBytesTellSomethingOrNothing() {
    Random random = new Random(21);
    for (int i = 0; i < 10_000; i++) {
      random.nextBytes(disk);
      mbr();
      bytes.put(512, "EFI PART".getBytes(StandardCharsets.US_ASCII));
      bytes.putLong(512 + 72, random.nextInt(40));

      assertThat(BootSectors.read(disk).forUefiAlone()).isFalse();
    }
  }

  private void mbr() {
    disk[510] = 0x55;
    disk[511] = (byte) 0xaa;
  }
}
