package localcloud.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import localcloud.assembly.Shell;
import localcloud.assembly.Text;

/** Runs one of the scripts as its own process, from some other folder, and waits for its end. */
public final class Script {
  private static final Path FOLDER = Path.of("").toAbsolutePath();
  private static final int LIMIT_SECONDS = 300;

  private final Path workingFolder;

  public Script(Path workingFolder) {
    this.workingFolder = workingFolder;
  }

  /** What came of it. The streams are read to their end, so nobody else may hold them open. */
  public record Result(int exitCode, String out, String err) {}

  public Result run(String script, String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(path(script));
    command.addAll(List.of(options));
    return run(command);
  }

  /** One line for bash; a script is named {@code "$UP"}, {@code "$ENV"} or {@code "$DOWN"}. */
  public Result bash(String line) throws Exception {
    String names =
        Text.of(
            "UP=%s ENV=%s DOWN=%s; ",
            Shell.quote(path("up")), Shell.quote(path("env")), Shell.quote(path("down")));
    return run(List.of("bash", "-c", names + line));
  }

  private Result run(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).directory(workingFolder.toFile()).start();
    process.getOutputStream().close();
    CompletableFuture<String> out =
        CompletableFuture.supplyAsync(() -> all(process.getInputStream()));
    CompletableFuture<String> err =
        CompletableFuture.supplyAsync(() -> all(process.getErrorStream()));
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroy();
      throw new TimeoutException(command + " did not end within " + LIMIT_SECONDS + " s");
    }
    return new Result(
        process.exitValue(), out.get(10, TimeUnit.SECONDS), err.get(10, TimeUnit.SECONDS));
  }

  private static String path(String script) {
    return FOLDER.resolve(script).toString();
  }

  private static String all(InputStream stream) {
    try (stream) {
      return new String(stream.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
