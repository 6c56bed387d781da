package benchmarks;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Tarballs of a disk that boots: the appliance as it is, and the same with much more to carry. */
enum BootableDisk {
  UNIKERNEL("unikernel-sized", 0),
  APPLIANCE("appliance-sized", 256);

  private static final int MIB = 1 << 20;

  /** What the machine boots from lies before it. */
  private static final long FREE = 512L * MIB;

  private final String words;
  private final int fillMib;

  BootableDisk(String words, int fillMib) {
    this.words = words;
    this.fillMib = fillMib;
  }

  String words() {
    return words;
  }

  int fillMib() {
    return fillMib;
  }

  /** Makes the one of a version in a folder, under the name of an upload. */
  Path tarball(int version, Path root, Path folder) throws IOException, InterruptedException {
    Path built =
        Path.of(
            said(
                List.of(
                    root.resolve("test-fixtures/appliance/build").toString(),
                    Integer.toString(version),
                    "--out",
                    Files.createDirectories(folder.resolve("built")).toString())));
    Path tarball = folder.resolve("mir-riseos-" + version + ".tar.gz");
    if (fillMib == 0) {
      return Files.move(built, tarball);
    }
    String unpacked = folder.resolve("built").toString();
    said(List.of("tar", "-xSzf", built.toString(), "-C", unpacked));
    fill(folder.resolve("built/disk.raw"));
    said(
        List.of("tar", "--format=oldgnu", "-Sczf", tarball.toString(), "-C", unpacked, "disk.raw"));
    return tarball;
  }

  /** What no compressor makes smaller. */
  private void fill(Path disk) throws IOException {
    Random random = new Random(fillMib);
    byte[] block = new byte[MIB];
    try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
      file.seek(FREE);
      for (int i = 0; i < fillMib; i++) {
        random.nextBytes(block);
        file.write(block);
      }
    }
  }

  private static String said(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed; what it said stands above");
    }
    return said.strip();
  }
}
