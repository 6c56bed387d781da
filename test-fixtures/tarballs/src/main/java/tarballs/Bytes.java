package tarballs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Small archives as arrays, to be cut, bent and wrapped. */
final class Bytes {
  private Bytes() {}

  /** The good sparse archive without compression: some ten KiB. */
  static byte[] tar(SimulatedDisk machine) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new TarFile(new Plain(bytes)).sparse(Disk.simulated(machine)).end();
    return bytes.toByteArray();
  }

  /** The good sparse archive, compressed. */
  static byte[] tarGz(SimulatedDisk machine) throws IOException {
    return gzip(tar(machine));
  }

  static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    GzipFile gzip = GzipFile.start(out);
    gzip.write(bytes);
    gzip.finish();
    return out.toByteArray();
  }

  private record Plain(ByteArrayOutputStream out) implements Sink {
    @Override
    public void write(byte[] bytes, int length) {
      out.write(bytes, 0, length);
    }

    @Override
    public void zeros(long count) {
      out.writeBytes(new byte[Math.toIntExact(count)]);
    }
  }
}
