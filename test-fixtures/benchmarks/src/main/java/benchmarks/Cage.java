package benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Limits of memory and CPU for a process: a control group of Linux, version 1 or 2. */
final class Cage implements AutoCloseable {
  private static final Path GROUPS = Path.of("/sys/fs/cgroup");
  private static final String NAME = "slipway-benchmark-" + ProcessHandle.current().pid();
  private static final int PERIOD_MICROS = 100_000;

  private final List<Path> folders;

  private Cage(List<Path> folders) {
    this.folders = folders;
  }

  /** Empty where none can be made: it takes Linux and root. */
  static Optional<Cage> make(int mib, double cores) {
    long bytes = (long) mib << 20;
    long quota = Math.round(PERIOD_MICROS * cores);
    List<Path> made = new ArrayList<>();
    try {
      if (Files.exists(GROUPS.resolve("cgroup.controllers"))) {
        Path folder = folder(GROUPS, made);
        Files.writeString(folder.resolve("memory.max"), bytes + "\n");
        Files.writeString(folder.resolve("cpu.max"), quota + " " + PERIOD_MICROS + "\n");
      } else {
        Path memory = folder(GROUPS.resolve("memory"), made);
        Files.writeString(memory.resolve("memory.limit_in_bytes"), bytes + "\n");
        Path cpu = folder(GROUPS.resolve("cpu"), made);
        Files.writeString(cpu.resolve("cpu.cfs_period_us"), PERIOD_MICROS + "\n");
        Files.writeString(cpu.resolve("cpu.cfs_quota_us"), quota + "\n");
      }
      return Optional.of(new Cage(made));
    } catch (IOException notAllowed) {
      new Cage(made).close();
      return Optional.empty();
    }
  }

  private static Path folder(Path parent, List<Path> made) throws IOException {
    Path folder = parent.resolve(NAME);
    Files.createDirectory(folder);
    made.add(folder);
    return folder;
  }

  /** The same command inside: a shell enters, and becomes the command. */
  List<String> around(List<String> command) {
    StringBuilder script = new StringBuilder();
    for (Path folder : folders) {
      script.append("echo $$ >").append(folder.resolve("cgroup.procs")).append(" && ");
    }
    List<String> whole = new ArrayList<>(List.of("sh", "-c", script + "exec \"$@\"", "sh"));
    whole.addAll(command);
    return whole;
  }

  /** Removes it; whoever was in it must have ended. */
  @Override
  public void close() {
    for (Path folder : folders) {
      try {
        Files.deleteIfExists(folder);
      } catch (IOException busy) {
        System.err.println("run: " + folder + " is left: " + busy);
      }
    }
  }
}
