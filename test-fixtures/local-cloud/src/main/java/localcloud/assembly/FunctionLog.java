package localcloud.assembly;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import localcloud.logging.LogEntries;

/** The lines of all instances of the function: into one file, and to whoever listens. */
public final class FunctionLog implements Consumer<String>, AutoCloseable {
  private final BufferedWriter file;
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

  FunctionLog(Path path) throws IOException {
    file = Files.newBufferedWriter(path, CREATE, APPEND);
  }

  /** What Cloud Logging has of it from now on. */
  LogEntries entries(InstantSource clock) {
    LogEntries entries = new LogEntries(Names.PROJECT, FunctionSettings.NAME, clock);
    listen(entries);
    return entries;
  }

  /** Hands it each line from now on. */
  public void listen(Consumer<String> listener) {
    listeners.add(listener);
  }

  @Override
  public synchronized void accept(String line) {
    try {
      file.write(line);
      file.newLine();
      file.flush();
    } catch (IOException e) {
      System.err.println("local cloud: a line of the function's log is lost (" + e + "): " + line);
    }
    listeners.forEach(listener -> listener.accept(line));
  }

  @Override
  public synchronized void close() throws IOException {
    file.close();
  }
}
