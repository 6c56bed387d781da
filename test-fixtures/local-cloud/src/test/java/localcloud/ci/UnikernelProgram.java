package localcloud.ci;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import localcloud.judges.Program;
import localcloud.judges.Program.Result;

/** One of the programs of {@code .circleci}, copied alone into an empty folder. */
final class UnikernelProgram {
  private static final Path FOLDER = Path.of("").toAbsolutePath().resolve("../../.circleci");

  private UnikernelProgram() {}

  /**
   * Copies it and gives the copy.
   *
   * @param home an existing folder; relative paths are understood from there
   */
  static synchronized Program alone(String name, Path home) throws IOException {
    Path folder = Files.createDirectories(home.resolve("alone"));
    Path copy = folder.resolve(name);
    if (!Files.exists(copy)) {
      Files.copy(FOLDER.resolve(name), copy, StandardCopyOption.COPY_ATTRIBUTES);
    }
    return Program.at(copy, home);
  }

  /** Runs boot-check with these words, under software emulation as everywhere. */
  static Result bootCheck(Path home, String... words) throws Exception {
    String[] all =
        Stream.concat(Stream.of("--accel", "tcg"), Stream.of(words)).toArray(String[]::new);
    return alone("boot-check", home).run(all);
  }
}
