package tarballs;

import java.io.IOException;
import java.io.OutputStream;

/** Writes one kind of tarball. */
@FunctionalInterface
interface Recipe {
  void write(SimulatedDisk machine, OutputStream out) throws IOException;

  /** What goes into the tar archive of one gzip member. */
  @FunctionalInterface
  interface Archive {
    void write(SimulatedDisk machine, TarFile tar) throws IOException;
  }

  /** The archive in one gzip member, closed by an end of archive. */
  static Recipe of(Archive archive) {
    return open(
        (machine, tar) -> {
          archive.write(machine, tar);
          tar.end();
        });
  }

  /** The archive in one gzip member, ended by the archive itself or not at all. */
  static Recipe open(Archive archive) {
    return (machine, out) -> {
      GzipFile gzip = GzipFile.start(out);
      archive.write(machine, new TarFile(gzip));
      gzip.finish();
    };
  }
}
