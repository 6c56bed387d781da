package tarballs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The good tarballs against GNU tar itself: unpacked by it, and packed again the same way. */
class GnuTarFormTest {
  private static final String PACK =
      "tar --format=oldgnu --sparse --hole-detection=raw --mtime=@0 --mode=0644"
          + " --owner=root:0 --group=root:0 -cf again.tar disk.raw";

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(names = {"SPARSE", "MANY_EXTENTS", "GPT"})
  void gnuTarPacksTheSameBytes(Kind kind) throws IOException, InterruptedException {
    needGnuTar();
    Path file = folder.resolve("disk.tar.gz");
    Tarball.write(kind, SimulatedDisk.healthy("2"), file);

    run("tar -xzf disk.tar.gz && " + PACK);

    try (InputStream ours = new GZIPInputStream(Files.newInputStream(file))) {
      assertThat(folder.resolve("again.tar")).hasBinaryContent(ours.readAllBytes());
    }
  }

  @Test
  void theLineStandsAtTheFirstMib() throws IOException, InterruptedException {
    needGnuTar();
    SimulatedDisk machine =
        SimulatedDisk.healthy("2\"").unhealthy().bootingIn(7).dyingAfter(60).saying("a\nb");
    Tarball.write(Kind.PLAIN, machine, folder.resolve("disk.tar.gz"));

    run("tar -xSzf disk.tar.gz");

    Path disk = folder.resolve("disk.raw");
    assertThat(Files.size(disk)).isEqualTo(1L << 30);
    try (InputStream in = Files.newInputStream(disk)) {
      in.skipNBytes(1_048_576);
      String start = new String(in.readNBytes(512), StandardCharsets.UTF_8);
      assertThat(start)
          .startsWith(
              "SLIPWAY-SIM {\"version\":\"2\\\"\",\"bootSeconds\":7,\"healthy\":false,"
                  + "\"diesAfterSeconds\":60,\"console\":\"a\\u000ab\"}\n\0");
    }
  }

  private void needGnuTar() throws IOException, InterruptedException {
    int exit = start("tar --version | grep -q 'GNU tar'").waitFor();
    assumeTrue(exit == 0, "skipped: GNU tar is not installed");
  }

  private void run(String command) throws IOException, InterruptedException {
    Process process = start(command);
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private Process start(String command) throws IOException {
    return new ProcessBuilder("sh", "-c", command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .start();
  }
}
