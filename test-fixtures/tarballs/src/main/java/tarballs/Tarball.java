package tarballs;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes tarballs, the same bytes each time on the same Java. */
public final class Tarball {
  private static final int BUFFER_BYTES = 64 * 1024;

  private Tarball() {}

  /** Writes the tarball to a file, in place of what is there. */
  public static void write(Kind kind, SimulatedDisk machine, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      write(kind, machine, out);
    }
  }

  /** Writes the tarball to a stream, which stays open. */
  public static void write(Kind kind, SimulatedDisk machine, OutputStream out) throws IOException {
    BufferedOutputStream buffered = new BufferedOutputStream(out, BUFFER_BYTES);
    kind.write(machine, buffered);
    buffered.flush();
  }
}
