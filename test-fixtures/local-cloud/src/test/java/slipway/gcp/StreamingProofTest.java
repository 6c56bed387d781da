package slipway.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.api.services.storage.model.StorageObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import localcloud.http.StorageCloud;
import localcloud.storage.Conditions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tarballs.Kind;
import tarballs.SimulatedDisk;
import tarballs.Tarball;

/**
 * Constant memory: large tarballs, each streamed from the bucket and proven by a JVM of its own
 * with a heap of 64 MiB. The seconds and the peak are printed, not asserted.
 */
class StreamingProofTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"NOISE_SPARSE, 1", "NOISE_PLAIN, 1", "SPARSE_10_GIB, 10", "PLAIN_10_GIB, 10"})
  void provesLargeDisksIn64MiB(Kind kind, int gib) throws Exception {
    assumeTrue(
        Files.exists(Path.of("/proc/self/status")), "peak memory is read from Linux's /proc");
    Path file = folder.resolve("site.tar.gz");
    Tarball.write(kind, SimulatedDisk.healthy("2"), file);
    try (StorageCloud cloud = new StorageCloud(folder.resolve("cloud"))) {
      try (InputStream bytes = Files.newInputStream(file)) {
        StorageObject object = new StorageObject().setBucket(StorageCloud.BUCKET);
        cloud.store().put(object.setName("site.tar.gz"), bytes, Conditions.NONE);
      }

      Process proof = start(cloud.address());
      String said = new String(proof.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(proof.waitFor()).as(said).isZero();
      assertThat(said).contains(gib + " GiB disk proven");
      System.out.print(kind.description() + ", " + Files.size(file) + " bytes: " + said);
    }
  }

  private static Process start(String endpoint) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            StreamingProof.class.getName(),
            endpoint,
            StorageCloud.BUCKET,
            "site.tar.gz")
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
