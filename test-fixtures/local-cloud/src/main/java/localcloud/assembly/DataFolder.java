package localcloud.assembly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import localcloud.processes.RecordedProcesses;

/** Where one local cloud keeps everything. */
public record DataFolder(Path path) {
  /** The role of the local cloud's own process among those recorded. */
  public static final String ROLE = "local-cloud";

  /** The role of the function's processes. */
  public static final String FUNCTION_ROLE = "function";

  private static final String LOCK = "lock";

  /** The folder at this path, which need not exist yet. */
  public static DataFolder at(Path path) {
    return new DataFolder(path.toAbsolutePath().normalize());
  }

  /** Locked while a local cloud runs on the folder, and holds its process id. */
  public Path lock() {
    return path.resolve(LOCK);
  }

  Path clock() {
    return path.resolve("clock");
  }

  public Path objects() {
    return path.resolve("objects");
  }

  Path events() {
    return path.resolve("events");
  }

  Path tls() {
    return path.resolve("tls");
  }

  /** What was made here to be uploaded. */
  public Path tarballs() {
    return path.resolve("tarballs");
  }

  /** gsutil's settings for whoever acts as this identity; of the same kind the next ones. */
  Path boto(String identity) {
    return path.resolve("boto" + suffix(identity));
  }

  /** The access token. */
  Path token(String identity) {
    return path.resolve("token" + suffix(identity));
  }

  Path gcloud() {
    return path.resolve("gcloud");
  }

  /** What a shell needs. */
  public Path env(String identity) {
    return path.resolve("env" + suffix(identity) + ".sh");
  }

  private static String suffix(String identity) {
    return identity.equals("owner") ? "" : "-" + identity;
  }

  /** The lines of all instances of the function. */
  public Path functionLog() {
    return path.resolve("function.log");
  }

  /** Holds the process id while everything runs: what {@code up --detach} waits for. */
  public Path ready() {
    return path.resolve("ready");
  }

  public RecordedProcesses processes() {
    return new RecordedProcesses(path.resolve("processes"));
  }

  /** Deletes all but the lock, which is held. */
  public void wipe() throws IOException {
    List<Path> all;
    try (Stream<Path> tree = Files.walk(path)) {
      all = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path entry : all) {
      if (!entry.equals(path) && !entry.equals(lock())) {
        Files.delete(entry);
      }
    }
  }

  /** Whether anything but a lock is in it. */
  public boolean isUsed() throws IOException {
    if (!Files.isDirectory(path)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(path)) {
      return entries.anyMatch(entry -> !entry.equals(lock()));
    }
  }
}
