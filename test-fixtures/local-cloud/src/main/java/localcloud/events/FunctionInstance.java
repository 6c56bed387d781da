package localcloud.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import localcloud.ports.ReservedPort;
import org.jspecify.annotations.Nullable;

/**
 * One invoker process, started when it is needed and again when it has died. One call at a time.
 */
final class FunctionInstance implements EventTarget {
  private static final String ROLE = "function";
  private static final int PROBE_MILLIS = 50;

  /** A JVM that loads an 85 MB jar on a busy machine. */
  private static final int PROBES = 60_000 / PROBE_MILLIS;

  private static final int STOP_SECONDS = 5;

  private final FunctionPlan plan;
  private final int wantedPort;
  private int port;
  private volatile @Nullable Process process;
  private @Nullable ReservedPort reserved;
  private boolean closed;

  /** Takes the port it listens on, 0 for a free one at each start. */
  FunctionInstance(FunctionPlan plan, int port) {
    this.plan = plan;
    this.wantedPort = port;
  }

  @Override
  public int post(FinalizeEvent event) throws IOException, InterruptedException {
    URI url = URI.create("http://127.0.0.1:" + ensureRunning() + "/");
    Process called = process;
    try {
      return new HttpTarget(url, plan.callLimit()).post(event);
    } catch (IOException unanswered) {
      // A process that ends loses its connections first: the next event must not be sent to it.
      if (called != null) {
        called.waitFor(1, TimeUnit.SECONDS);
      }
      throw unanswered;
    }
  }

  /** Returns the port, once it takes connections. */
  int ensureRunning() throws IOException, InterruptedException {
    Process before = process;
    Process running = startUnlessAlive();
    for (int probe = 0; probe < PROBES; probe++) {
      if (takesConnections()) {
        return port;
      }
      if (running.waitFor(PROBE_MILLIS, TimeUnit.MILLISECONDS)) {
        if (running.equals(before)) {
          return ensureRunning();
        }
        throw new IOException(
            "the function's process ended with exit code "
                + running.exitValue()
                + " before it took connections; its log is "
                + plan.logFile());
      }
    }
    stop();
    throw new IOException("the function took no connections on port " + port + " within 60 s");
  }

  private synchronized Process startUnlessAlive() throws IOException {
    if (closed) {
      throw new IOException("the local cloud stops");
    }
    Process running = process;
    if (running != null && running.isAlive()) {
      return running;
    }
    forget();
    port = wantedPort == 0 ? reserve() : wantedPort;
    Process fresh = plan.command().start(port);
    process = fresh;
    plan.processes().add(fresh.toHandle(), ROLE);
    Thread reader = new Thread(() -> copyLines(fresh, plan.lines()), "function's log");
    reader.setDaemon(true);
    reader.start();
    return fresh;
  }

  /** Asks the process to end, does not wait for it, and starts none any more. */
  synchronized void signal() {
    closed = true;
    Process running = process;
    if (running != null) {
      running.destroy();
    }
  }

  /** Ends the process by its id: politely, then for good. */
  synchronized void stop() {
    Process running = process;
    if (running == null) {
      return;
    }
    running.destroy();
    try {
      if (!running.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        running.destroyForcibly().waitFor();
      }
      forget();
    } catch (InterruptedException e) {
      running.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      System.err.println("local cloud: cannot forget the function's process: " + e);
    }
  }

  private void forget() throws IOException {
    Process ended = process;
    if (ended != null) {
      plan.processes().remove(ended.pid());
      process = null;
    }
    if (reserved != null) {
      reserved.close();
      reserved = null;
    }
  }

  /** By TCP alone: the framework logs a stack trace for a GET. */
  private boolean takesConnections() {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
          (int) Duration.ofSeconds(1).toMillis());
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private int reserve() throws IOException {
    ReservedPort free = new ReservedPort();
    reserved = free;
    return free.number();
  }

  private static void copyLines(Process process, Consumer<String> lines) {
    try (BufferedReader reader = process.inputReader(UTF_8)) {
      reader.lines().forEach(lines);
    } catch (IOException | UncheckedIOException ended) {
      // The pipe breaks when the process is killed: nothing more to copy.
    }
  }
}
