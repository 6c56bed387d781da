package benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import slipway.artifact.ArtifactSource;
import slipway.gcp.Clients;
import slipway.gcp.Ports;
import slipway.settings.Settings;
import slipway.time.CallTime;
import slipway.time.RunningTime;

/** Downloads an object, proves the same bytes from a file, and then does both at once. */
public final class DownloadProcess {
  private DownloadProcess() {}

  /** Takes the file, the endpoint, the bucket, the generation, and how many times. */
  public static void main(String[] args) throws IOException, GeneralSecurityException {
    SignedFile file = SignedFile.of(Path.of(args[0]), args[2], Long.parseLong(args[3]));
    ArtifactSource bucket = bucket(args[1], args[2]);
    for (int round = 0; round < Integer.parseInt(args[4]); round++) {
      try (InputStream bytes = bucket.open(file.upload())) {
        Child.say("download", drainSeconds(bytes));
      }
      try (InputStream bytes = file.open()) {
        Child.say("proof", file.proveSeconds(bytes));
      }
      try (InputStream bytes = bucket.open(file.upload())) {
        Child.say("both", file.proveSeconds(bytes));
      }
    }
  }

  private static double drainSeconds(InputStream bytes) throws IOException {
    Stopwatch watch = Stopwatch.start();
    byte[] buffer = new byte[SignedFile.BUFFER_BYTES];
    int count;
    do {
      count = bytes.read(buffer);
    } while (count >= 0);
    return watch.seconds();
  }

  /** As the function itself is wired. */
  private static ArtifactSource bucket(String endpoint, String bucket) throws IOException {
    Settings settings =
        Settings.read(
            Map.of(
                "PROJECT",
                "demo",
                "UPLOADS_BUCKET",
                bucket,
                "RECORDS_BUCKET",
                bucket + "-records",
                "PRIVATE_BUCKET",
                bucket + "-private",
                "STORAGE_ENDPOINT",
                endpoint,
                "COMPUTE_ENDPOINT",
                endpoint,
                "TARGETS",
                "{\"site\":{\"prefix\":\"site-\",\"groups\":"
                    + "[\"projects/demo/zones/us-west1-a/instanceGroupManagers/site\"]}}"));
    RunningTime clock = RunningTime.of(null);
    CallTime time = new CallTime(clock, clock, Duration.ofHours(1));
    return Ports.of(Clients.connect(settings), settings, time).uploads();
  }
}
