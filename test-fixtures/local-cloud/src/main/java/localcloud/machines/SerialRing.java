package localcloud.machines;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.InputStream;
import localcloud.world.instances.SerialOutput;

/** Takes whatever a serial port says and keeps the end of it. */
final class SerialRing {
  private final byte[] ring = new byte[SerialOutput.REMEMBERED];
  private long said;

  /** Copies until the end of the stream, in a thread of its own. */
  void read(InputStream port) {
    Thread reader = new Thread(() -> copy(port), "serial port");
    reader.setDaemon(true);
    reader.start();
  }

  private void copy(InputStream port) {
    byte[] part = new byte[8192];
    try (port) {
      for (int length = port.read(part); length >= 0; length = port.read(part)) {
        add(part, length);
      }
    } catch (IOException ended) {
      // The pipe breaks when the process is killed: nothing more to copy.
    }
  }

  synchronized void add(byte[] part, int length) {
    for (int i = 0; i < length; i++) {
      ring[(int) (said++ % ring.length)] = part[i];
    }
  }

  synchronized SerialOutput output() {
    long start = Math.max(0, said - ring.length);
    int first = (int) (start % ring.length);
    int length = (int) (said - start);
    int tail = Math.min(length, ring.length - first);
    return new SerialOutput(
        start,
        ByteString.copyFrom(ring, first, tail).concat(ByteString.copyFrom(ring, 0, length - tail)));
  }
}
