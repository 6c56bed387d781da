package localcloud.processes;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The processes of one data folder, one file each: {@code <pid>} holding its role and when it
 * started. A process id that the system has given to somebody else meanwhile is told by that time.
 */
public final class RecordedProcesses {
  /** The start is computed from the boot time, which moves a little when the clock is set. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  private final Path folder;

  /** Takes the folder; it is made with the first record. */
  public RecordedProcesses(Path folder) {
    this.folder = folder;
  }

  /**
   * Notes a process that belongs to this data folder.
   *
   * @param role one word: {@code local-cloud}, {@code function}, {@code machine}
   */
  public void add(ProcessHandle process, String role) throws IOException {
    Files.createDirectories(folder);
    Instant start = process.info().startInstant().orElse(Instant.EPOCH);
    Path whole = Files.createTempFile(folder.toAbsolutePath().getParent(), "process", ".new");
    Files.writeString(whole, role + " " + start + "\n");
    Files.move(whole, folder.resolve(Long.toString(process.pid())), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Forgets a process that has ended. */
  public void remove(long pid) throws IOException {
    Files.deleteIfExists(folder.resolve(Long.toString(pid)));
  }

  /** Those of this role that still run; records of ended ones are removed. */
  public List<ProcessHandle> running(String role) throws IOException {
    List<ProcessHandle> running = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return running;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String[] record = read(file).strip().split(" ", 2);
        Optional<ProcessHandle> process = process(file, record);
        if (process.isEmpty()) {
          Files.deleteIfExists(file);
        } else if (record[0].equals(role)) {
          running.add(process.orElseThrow());
        }
      }
    }
    return running;
  }

  /** Empty if it was removed meanwhile: its process has ended. */
  private static String read(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException ended) {
      return "";
    }
  }

  private static Optional<ProcessHandle> process(Path file, String[] record) {
    if (record.length < 2) {
      return Optional.empty();
    }
    Instant recorded = Instant.parse(record[1]);
    return ProcessHandle.of(Long.parseLong(file.getFileName().toString()))
        .filter(ProcessHandle::isAlive)
        .filter(process -> sameStart(process, recorded));
  }

  private static boolean sameStart(ProcessHandle process, Instant recorded) {
    Instant start = process.info().startInstant().orElse(Instant.EPOCH);
    return Duration.between(recorded, start).abs().compareTo(TOLERANCE) <= 0;
  }
}
