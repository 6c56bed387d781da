package benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A JVM of its own that measures one thing and prints lines of a word and a number. */
final class Child {
  private Child() {}

  /** What starts this program's own classes with these options of the JVM. */
  static List<String> command(List<String> options, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  /**
   * Runs to the end.
   *
   * @throws IOException if it fails; the message holds what it said
   */
  static Measured measured(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("a process failed: " + String.join(" ", command) + "\n" + said);
    }
    return Measured.read(said);
  }

  /** What {@link Measured} reads. */
  static void say(String word, double number) {
    System.out.printf(Locale.ROOT, "%s %.6f%n", word, number);
  }

  /** The most memory that a process had in use so far, in MiB: Linux's VmHWM, which is in KiB. */
  static double peakMib(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      String line = lines.filter(one -> one.startsWith("VmHWM:")).findFirst().orElse("0");
      return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
    } catch (IOException notLinux) {
      throw new UncheckedIOException("peak memory is read from Linux's /proc", notLinux);
    }
  }
}
