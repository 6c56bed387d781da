package localcloud.judges;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Runs a program as a newcomer's shell would, but with a home of its own: nothing of this machine's
 * configuration reaches it, and nothing it writes stays. Its environment is what is given here and
 * PATH.
 */
public final class Program {
  /**
   * Where Debian keeps programs that only root's PATH finds; this project's programs look there.
   */
  private static final List<String> SYSTEM = List.of("/usr/sbin", "/sbin");

  private final String name;
  private final Path home;
  private final Map<String, String> environment = new TreeMap<>();
  private Duration limit = Duration.ofMinutes(5);

  /** What a run left: its exit status, and the two streams apart. */
  public record Result(int status, String output, String errors) {
    /** Both streams, for programs that say little things on either. */
    public String all() {
      return output + errors;
    }
  }

  /**
   * A program on the PATH; without it the calling test is skipped, and says so.
   *
   * @param home an existing folder, empty at first; two programs may share it
   */
  public static Program named(String name, Path home) {
    Assumptions.assumeTrue(isInstalled(name), "Skipped: " + name + " is not installed");
    return new Program(name, home);
  }

  /** One of this project's own programs, by its path. */
  public static Program at(Path program, Path home) {
    return new Program(program.toString(), home);
  }

  private Program(String name, Path home) {
    this.name = name;
    this.home = home;
    with("HOME", home.toString());
    with("TMPDIR", home.toString());
    with("LC_ALL", "C.UTF-8");
    with("CLOUDSDK_CONFIG", home.resolve("gcloud").toString());
    with("BOTO_CONFIG", home.resolve("boto").toString());
    with("CLOUDSDK_CORE_DISABLE_PROMPTS", "1");
    with("CLOUDSDK_COMPONENT_MANAGER_DISABLE_UPDATE_CHECK", "1");
  }

  /** Sets a variable of its environment. */
  public Program with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Writes a file into its home, such as {@code boto}. */
  public Program withFile(String file, String text) throws IOException {
    Files.writeString(home.resolve(file), text);
    return this;
  }

  /** Gives it this long instead of five minutes. */
  public Program within(Duration limit) {
    this.limit = limit;
    return this;
  }

  /** Runs it to its end in its home; fails the test if that does not come in time. */
  public Result run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(name));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile(home, "output", null);
    Path errors = Files.createTempFile(home, "errors", null);
    ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
    builder.environment().keySet().retainAll(List.of("PATH"));
    builder.environment().putAll(environment);
    builder.redirectInput(new File("/dev/null"));
    Process process =
        builder.redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
    boolean ended = process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
    Result result = new Result(process.exitValue(), read(output), read(errors));
    if (!ended) {
      throw new AssertionError(command + " took longer than " + limit + ": " + result.all());
    }
    return result;
  }

  /** Runs it, and fails the test unless it ends with status 0. */
  public Result succeed(String... arguments) throws IOException, InterruptedException {
    Result result = run(arguments);
    if (result.status() != 0) {
      throw new AssertionError(
          String.format(
              Locale.ROOT,
              "%s %s ended with %d: %s",
              name,
              List.of(arguments),
              result.status(),
              result.all()));
    }
    return result;
  }

  private static String read(Path file) throws IOException {
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    Files.delete(file);
    return text;
  }

  /** Whether the PATH, or a folder for the system's programs, holds an executable of that name. */
  public static boolean isInstalled(String name) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.concat(Stream.of(path.split(File.pathSeparator, -1)), SYSTEM.stream())
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
  }
}
