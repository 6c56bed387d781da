package localcloud.judges;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** {@code gcloud compute} against the local cloud. */
final class Gcloud {
  private final Program program;

  /** Skips the calling test, and says so, where gcloud is not installed. */
  Gcloud(Path home, String url) {
    program =
        Program.named("gcloud", home)
            .with("CLOUDSDK_API_ENDPOINT_OVERRIDES_COMPUTE", url + "/compute/v1/")
            .with("CLOUDSDK_AUTH_DISABLE_CREDENTIALS", "true")
            .with("CLOUDSDK_CORE_PROJECT", "demo")
            .with("CLOUDSDK_CORE_DISABLE_USAGE_REPORTING", "true");
  }

  /** Runs it with these words; fails the test unless it succeeds. */
  String compute(String... words) throws IOException, InterruptedException {
    return program.succeed(afterCompute(words)).output();
  }

  Program.Result run(String... words) throws IOException, InterruptedException {
    return program.run(afterCompute(words));
  }

  private static String[] afterCompute(String... words) {
    return Stream.concat(Stream.of("compute", "--quiet"), Stream.of(words)).toArray(String[]::new);
  }
}
