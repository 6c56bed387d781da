package slipway.artifact;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;

/** A sparse file of 1 GiB with a boot signature and data at more than 100 places. */
final class RealDisk {
  private static final long GIB = 1L << 30;
  private static final int PLACES = 130;

  private RealDisk() {}

  static void write(Path file) throws IOException {
    try (RandomAccessFile disk = new RandomAccessFile(file.toFile(), "rw")) {
      disk.setLength(GIB);
      byte[] page = new byte[4096];
      for (int i = 0; i < PLACES; i++) {
        Arrays.fill(page, (byte) (i + 1));
        disk.seek(i * (GIB / PLACES / 4096) * 4096);
        disk.write(page);
      }
      disk.seek(510);
      disk.write(new byte[] {0x55, (byte) 0xaa});
    }
  }
}
