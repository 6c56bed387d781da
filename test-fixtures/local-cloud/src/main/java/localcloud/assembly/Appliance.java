package localcloud.assembly;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import localcloud.machines.QemuCommand;

/**
 * The small machine that serves HTTP, built from Debian's packages, and what it takes to run it.
 *
 * @param build the program that builds it and prints the tarball's path
 */
public record Appliance(Path build) {

  /** What lacks for real machines on this computer, in a sentence; empty if nothing does. */
  public Optional<String> missing() {
    if (QemuCommand.program().isEmpty()) {
      return Optional.of(
          QemuCommand.PROGRAM + " is not installed (on Debian: apt-get install qemu-system-x86)");
    }
    if (QemuCommand.installed(QemuCommand.PYTHON).isEmpty()) {
      return Optional.of(
          QemuCommand.PYTHON + " is not installed (on Debian: apt-get install python3)");
    }
    if (!Files.isExecutable(build)) {
      return Optional.of(Install.shown(build) + " is not there to build the machines' disk");
    }
    try {
      tarball("1");
      return Optional.empty();
    } catch (IOException fault) {
      return Optional.of(String.valueOf(fault.getMessage()));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }

  /**
   * The tarball of one that tells this version; built unless it is there.
   *
   * @param options as the program takes them, such as {@code --unhealthy}
   * @throws IOException with what the program says if it fails
   */
  public Path tarball(String version, String... options) throws IOException, InterruptedException {
    Path said = Files.createTempFile("appliance", ".txt");
    try {
      List<String> command = new ArrayList<>(List.of(build.toString(), version));
      command.addAll(List.of(options));
      Process process = new ProcessBuilder(command).redirectError(said.toFile()).start();
      String path = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
      if (process.waitFor() != 0) {
        List<String> lines = Files.readAllLines(said);
        throw new IOException(lines.isEmpty() ? build + " failed" : lines.get(lines.size() - 1));
      }
      return Path.of(path);
    } finally {
      Files.deleteIfExists(said);
    }
  }
}
