package localcloud.ci;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import localcloud.judges.Program;

/** One of the programs of {@code .circleci}, copied alone into an empty folder. */
final class UnikernelProgram {
  private static final Path FOLDER = Path.of("").toAbsolutePath().resolve("../../.circleci");

  private UnikernelProgram() {}

  /**
   * Copies it and gives the copy.
   *
   * @param home an existing folder; relative paths are understood from there
   */
  static Program alone(String name, Path home) throws IOException {
    Path folder = Files.createDirectories(home.resolve("alone"));
    Path copy = folder.resolve(name);
    if (!Files.exists(copy)) {
      Files.copy(FOLDER.resolve(name), copy, StandardCopyOption.COPY_ATTRIBUTES);
    }
    return Program.at(copy, home);
  }
}
