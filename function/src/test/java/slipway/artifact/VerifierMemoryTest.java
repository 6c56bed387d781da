package slipway.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tarballs.Kind;
import tarballs.SimulatedDisk;
import tarballs.Tarball;

/** Constant memory: large tarballs, each proven by a JVM of its own with a heap of 64 MiB. */
class VerifierMemoryTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"NOISE_SPARSE, 1", "NOISE_PLAIN, 1", "SPARSE_10_GIB, 10", "PLAIN_10_GIB, 10"})
  void provesLargeDisksIn64MiB(Kind kind, int gib)
      throws IOException, InterruptedException, URISyntaxException {
    Path file = folder.resolve("site.tar.gz");
    Tarball.write(kind, SimulatedDisk.healthy("2"), file);

    Process verifier = start(file, Uploads.of(file).crc32c());
    String said = new String(verifier.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(verifier.waitFor()).as(said).isZero();
    assertThat(said).startsWith(gib + " GiB disk proven");
    System.out.printf(Locale.ROOT, "%s, %d bytes: %s", kind.description(), Files.size(file), said);
  }

  /** With nothing on its class path but the function and this test. */
  private static Process start(Path file, String crc32c) throws IOException, URISyntaxException {
    String classes = place(Verifier.class) + File.pathSeparator + place(VerifierProgram.class);
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return new ProcessBuilder(
            java.toString(),
            "-Xmx64m",
            "-cp",
            classes,
            VerifierProgram.class.getName(),
            file.toString(),
            crc32c)
        .redirectErrorStream(true)
        .start();
  }

  private static Path place(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
