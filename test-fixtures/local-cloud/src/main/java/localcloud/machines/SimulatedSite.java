package localcloud.machines;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The web site of one simulated machine, on a free port of the loopback address whatever port it
 * stands for: {@code /} tells the version, {@code /healthz} whether it is healthy, {@code /slow}
 * answers after 2 s of the system's time.
 */
final class SimulatedSite implements AutoCloseable {
  private static final int SLOW_SECONDS = 2;

  static {
    // Without it each answer on a kept-alive connection waits 40 ms for the client's delayed ACK.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;

  private SimulatedSite(HttpServer server) {
    this.server = server;
  }

  /** Takes connections on return. */
  static SimulatedSite open(Behaviour behaviour, ScheduledExecutorService threads) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      String text = text(behaviour.version());
      server.createContext("/", exchange -> answer(exchange, 200, text));
      server.createContext("/healthz", exchange -> answer(exchange, behaviour.status(), text));
      server.createContext(
          "/slow",
          exchange ->
              threads.schedule(() -> answer(exchange, 200, text), SLOW_SECONDS, TimeUnit.SECONDS));
      server.setExecutor(threads);
      server.start();
      return new SimulatedSite(server);
    } catch (IOException e) {
      throw new UncheckedIOException("opening a port for a simulated machine", e);
    }
  }

  /** What it says of itself. */
  static String text(String version) {
    return "version " + version + "\n";
  }

  InetSocketAddress address() {
    return server.getAddress();
  }

  /** Breaks every connection off, as the end of a machine does. */
  @Override
  public void close() {
    server.stop(0);
  }

  private static void answer(HttpExchange exchange, int status, String text) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    } catch (IOException gone) {
      // Whoever asked has left, or the machine was switched off: nobody is there to be told.
    }
  }
}
