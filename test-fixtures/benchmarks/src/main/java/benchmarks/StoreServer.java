package benchmarks;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import localcloud.assembly.Api;

/** {@code up} as one types it, with the heap that it gives itself, in a process of its own. */
final class StoreServer implements AutoCloseable {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final Pattern ADDRESS = Pattern.compile("API over HTTP +http://localhost:(\\d+)");

  /** Linux counts a process's time in hundredths of a second (USER_HZ). */
  private static final double TICKS_PER_SECOND = 100;

  private final Process process;
  private final Path log;
  private final double startSeconds;

  private StoreServer(Process process, Path log, double startSeconds) {
    this.process = process;
    this.log = log;
    this.startSeconds = startSeconds;
  }

  /** Returns when it says that it is ready. */
  static StoreServer start(Path root, Path data) throws IOException {
    Files.createDirectories(data);
    Path log = data.resolveSibling(data.getFileName() + ".log");
    List<String> command = new ArrayList<>();
    command.add(root.resolve("test-fixtures/local-cloud/up").toString());
    for (String port : List.of("http", "https", "balancer", "page", "function")) {
      command.add("--" + port + "-port=0");
    }
    command.addAll(List.of("--speed=100", "--data=" + data));
    Stopwatch watch = Stopwatch.start();
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    while (!Files.exists(data.resolve("ready"))) {
      if (!process.isAlive()) {
        throw new IOException("the local cloud did not start: " + Files.readString(log));
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return new StoreServer(process, log, watch.seconds());
  }

  double startSeconds() {
    return startSeconds;
  }

  int port() throws IOException {
    Matcher address = ADDRESS.matcher(Files.readString(log));
    if (!address.find()) {
      throw new IOException("expected " + ADDRESS + " in " + log);
    }
    return Integer.parseInt(address.group(1));
  }

  void makeBucket(String name) throws IOException, InterruptedException {
    JsonObject bucket = new JsonObject();
    bucket.addProperty("name", name);
    new Api("http://localhost:" + port()).post("/storage/v1/b?project=demo", bucket);
  }

  /** That it has spent on all its threads so far. */
  double cpuSeconds() throws IOException {
    String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }

  double peakMib() {
    return Child.peakMib(process.pid());
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped while the local cloud ended", stopped);
    }
  }
}
