package slipway.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** A folder in which the tests run the programs that people run, through bash. */
record Shell(Path folder) {
  /** Skips the test, and says which program it was for. */
  static void need(String... programs) {
    String path = System.getenv().getOrDefault("PATH", "");
    for (String program : programs) {
      boolean there =
          Arrays.stream(path.split(":", -1)).anyMatch(p -> Files.isExecutable(Path.of(p, program)));
      assumeTrue(there, "skipped: " + program + " is not installed");
    }
  }

  /** Runs the command to its end and expects it to succeed. */
  void run(String command) throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", command);
    Map<String, String> environment = builder.environment();
    environment.put("PATH", folder.resolve("bin") + ":" + environment.get("PATH"));
    Process process =
        builder
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int exit = process.waitFor();
    String said = Files.readString(output, StandardCharsets.ISO_8859_1);
    assertThat(exit).as("%s%n%s", command, said).isZero();
    Files.delete(output);
  }

  /**
   * Lets {@code gsutil cp FILE URL} put the file into the folder {@code bucket}, and the header
   * that {@code -h} gives beside it.
   */
  void installGsutil() throws IOException {
    Path gsutil = Files.createDirectories(folder.resolve("bin")).resolve("gsutil");
    Files.createDirectories(folder.resolve("bucket"));
    Files.writeString(
        gsutil,
        """
        #!/bin/sh
        if [ "$1" = -h ]; then printf %s "$2" > bucket/header; shift 2; fi
        cp --sparse=always "$2" bucket/
        """);
    assertThat(gsutil.toFile().setExecutable(true)).isTrue();
  }
}
