package benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Inflates a file and proves it, in turn, and prints the seconds of each and the peak memory. */
public final class ProofProcess {
  /** Of the header that the fixture's tarballs have. */
  private static final int GZIP_HEADER_BYTES = 10;

  private static final double MIB = 1 << 20;

  private ProofProcess() {}

  /** Takes the file and how many times. */
  public static void main(String[] args)
      throws IOException, GeneralSecurityException, DataFormatException {
    SignedFile file = SignedFile.of(Path.of(args[0]), "uploads", 1);
    for (int round = 0; round < Integer.parseInt(args[1]); round++) {
      Child.say("inflate", inflateSeconds(file));
      try (InputStream bytes = file.open()) {
        Child.say("slipway", file.proveSeconds(bytes));
      }
    }
    Child.say("heap", heapMib());
    Child.say("resident", Child.peakMib(ProcessHandle.current().pid()));
  }

  /** The least that any Java program has to do to see what a tarball holds. */
  private static double inflateSeconds(SignedFile file) throws IOException, DataFormatException {
    Stopwatch watch = Stopwatch.start();
    byte[] in = new byte[SignedFile.BUFFER_BYTES];
    byte[] out = new byte[SignedFile.BUFFER_BYTES];
    Inflater inflater = new Inflater(true);
    try (InputStream bytes = file.open()) {
      bytes.skipNBytes(GZIP_HEADER_BYTES);
      while (!inflater.finished()) {
        if (inflater.needsInput()) {
          inflater.setInput(in, 0, bytes.read(in));
        }
        inflater.inflate(out);
      }
    } finally {
      inflater.end();
    }
    return watch.seconds();
  }

  private static double heapMib() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .mapToLong(pool -> pool.getPeakUsage().getUsed())
            .sum()
        / MIB;
  }
}
