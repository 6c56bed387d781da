package slipway.gcp;

import com.google.cloud.NoCredentials;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import slipway.artifact.Limits;
import slipway.artifact.VerifiedArtifact;
import slipway.artifact.Verifier;
import slipway.time.RunningTime;
import slipway.upload.Upload;

/** Proves one object with the verifier and the storage client alone, and tells what that took. */
final class StreamingProof {
  private static final int MAX_DISK_GIB = 10;

  private StreamingProof() {}

  /** Takes the storage endpoint, the bucket and the object's name. */
  public static void main(String[] args) throws IOException {
    Storage storage =
        StorageOptions.newBuilder()
            .setProjectId("demo")
            .setHost(args[0])
            .setCredentials(NoCredentials.getInstance())
            .build()
            .getService();
    Upload upload = upload(storage.get(args[1], args[2]));
    RunningTime clock = RunningTime.of(null);
    Instant start = clock.instant();
    try (InputStream bytes = new GcsUploads(storage).open(upload)) {
      VerifiedArtifact artifact =
          new Verifier(new Limits(MAX_DISK_GIB, () -> false)).verify(upload, bytes);
      Duration took = Duration.between(start, clock.instant());
      System.out.printf(
          Locale.ROOT,
          "%d GiB disk proven in %.2f s, peak resident memory %d MiB%n",
          artifact.diskGib(),
          took.toMillis() / 1000.0,
          peakMib());
    }
  }

  private static Upload upload(Blob blob) {
    return new Upload(
        blob.getBucket(),
        blob.getName(),
        blob.getGeneration(),
        Objects.requireNonNull(blob.getCreateTimeOffsetDateTime()).toInstant(),
        blob.getSize(),
        blob.getCrc32c(),
        null,
        Map.of());
  }

  /** Linux's VmHWM, which counts in KiB. */
  private static long peakMib() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      String line = lines.filter(one -> one.startsWith("VmHWM:")).findFirst().orElseThrow();
      return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
    }
  }
}
