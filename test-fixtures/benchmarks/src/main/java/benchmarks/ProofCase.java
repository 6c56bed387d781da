package benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tarballs.FilledDisk;

/**
 * One tarball that is proven and, beside it, read by what people have.
 *
 * @param rounds how many times
 */
record ProofCase(int gib, boolean sparse, int rounds) {
  private static final int NOT_FOUND = 127;

  String words() {
    return gib + " GiB, " + (sparse ? "sparse" : "plain");
  }

  /** Writes it; the name that the function expects ends so. */
  Path write(Path folder) throws IOException {
    Path file = folder.resolve("site-" + gib + (sparse ? "-sparse" : "-plain") + ".tar.gz");
    try (OutputStream out = Files.newOutputStream(file)) {
      FilledDisk.write(gib, sparse, out);
    }
    return file;
  }

  /**
   * What was found.
   *
   * @param programs by name; without those that are not installed
   * @param heapMib the peak of Slipway's heap
   * @param residentMib the peak of its whole process
   */
  record Found(
      Spread inflate,
      Spread slipway,
      Map<String, Spread> programs,
      double heapMib,
      double residentMib) {}

  /** Java's two in a JVM whose heap may have 64 MiB, then the programs. */
  Found measure(Path file) throws IOException, InterruptedException {
    Measured java =
        Child.measured(
            Child.command(
                List.of("-Xmx64m", "-XX:+UseSerialGC"),
                ProofProcess.class,
                file.toString(),
                Integer.toString(rounds)));
    Map<String, Spread> seconds = new LinkedHashMap<>();
    for (String program : programs()) {
      List<Double> runs = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        list(program, file).ifPresent(runs::add);
      }
      if (!runs.isEmpty()) {
        seconds.put(program, Spread.of(runs));
      }
    }
    return new Found(
        java.of("inflate"),
        java.of("slipway"),
        seconds,
        java.median("heap"),
        java.median("resident"));
  }

  /** The fastest one shows for large disks what all would: time is dear. */
  List<String> programs() {
    return gib == 1 ? List.of("gzip", "pigz", "igzip") : List.of("igzip");
  }

  private static Optional<Double> list(String program, Path file)
      throws IOException, InterruptedException {
    String script = "command -v $0 >/dev/null || exit 127; set -o pipefail; $0 -dc \"$1\" | tar t";
    Stopwatch watch = Stopwatch.start();
    Process process =
        new ProcessBuilder("bash", "-c", script, program, file.toString())
            .redirectErrorStream(true)
            .start();
    String said;
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      said = String.join(" ", reader.lines().toList());
    }
    int code = process.waitFor();
    double seconds = watch.seconds();
    if (code == NOT_FOUND) {
      return Optional.empty();
    }
    if (code != 0) {
      throw new IOException(program + " could not read " + file.getFileName() + ": " + said);
    }
    return Optional.of(seconds);
  }
}
