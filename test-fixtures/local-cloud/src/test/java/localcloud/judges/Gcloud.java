package localcloud.judges;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs the real gcloud against the local cloud, with a configuration of its own. */
final class Gcloud {
  private static final long LONGEST_SECONDS = 60;

  /** What a command answered. */
  record Result(int status, String out, String err) {}

  private final Path configuration;
  private final String url;

  Gcloud(Path configuration, String url) {
    this.configuration = configuration;
    this.url = url;
  }

  static boolean installed() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "gcloud")));
  }

  /** Runs {@code gcloud compute} with these words; fails unless it succeeds. */
  String compute(String... words) throws IOException, InterruptedException {
    Result result = run(words);
    if (result.status() != 0) {
      throw new AssertionError(
          said("status " + result.status(), words) + result.out() + result.err());
    }
    return result.out();
  }

  Result run(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("gcloud", "compute", "--quiet"));
    command.addAll(Arrays.asList(words));
    Path out = Files.createTempFile(configuration, "out", ".txt");
    Path err = Files.createTempFile(configuration, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("CLOUDSDK_CONFIG", configuration.toString());
    environment.put("CLOUDSDK_API_ENDPOINT_OVERRIDES_COMPUTE", url + "/compute/v1/");
    environment.put("CLOUDSDK_AUTH_DISABLE_CREDENTIALS", "true");
    environment.put("CLOUDSDK_CORE_PROJECT", "demo");
    environment.put("CLOUDSDK_CORE_DISABLE_USAGE_REPORTING", "true");
    environment.put("CLOUDSDK_COMPONENT_MANAGER_DISABLE_UPDATE_CHECK", "true");
    Process process = builder.start();
    process.getOutputStream().close();
    if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new AssertionError(
          said("not done after " + LONGEST_SECONDS + " s", words)
              + Files.readString(out)
              + Files.readString(err));
    }
    return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private static String said(String what, String... words) {
    return "gcloud compute " + String.join(" ", words) + ": " + what + "\n";
  }
}
