package slipway.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import slipway.time.RunningTime;
import slipway.upload.Upload;

/** Proves one upload in a JVM of its own, and tells what that took. */
final class VerifierProgram {
  private static final int MAX_DISK_GIB = 10;

  private VerifierProgram() {}

  /** Where the stored bytes come from: a file here, a bucket's reader elsewhere. */
  @FunctionalInterface
  interface Bytes {
    InputStream open() throws IOException;
  }

  /** Takes the tarball's path and its CRC32C as Cloud Storage gives it. */
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[0]);
    Upload upload =
        new Upload(
            "uploads", "site.tar.gz", 1, Instant.EPOCH, Files.size(file), args[1], null, Map.of());
    System.out.println(report(upload, () -> Files.newInputStream(file)));
  }

  /** "1 GiB disk proven in 3.21 s, peak resident memory 98 MiB". */
  static String report(Upload upload, Bytes bytes) throws IOException {
    RunningTime clock = RunningTime.of(null);
    Instant start = clock.instant();
    try (InputStream in = bytes.open()) {
      VerifiedArtifact artifact =
          new Verifier(new Limits(MAX_DISK_GIB, () -> false)).verify(upload, in);
      Duration took = Duration.between(start, clock.instant());
      return String.format(
          Locale.ROOT,
          "%d GiB disk proven in %.2f s, peak resident memory %s",
          artifact.diskGib(),
          took.toMillis() / 1000.0,
          peak());
    }
  }

  /** Linux's VmHWM, which counts in kB. */
  private static String peak() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return "not known on this system";
    }
    try (Stream<String> lines = Files.lines(status)) {
      String digits =
          lines
              .filter(line -> line.startsWith("VmHWM:"))
              .findFirst()
              .orElseThrow()
              .replaceAll("\\D", "");
      return Long.parseLong(digits) / 1024 + " MiB";
    }
  }
}
