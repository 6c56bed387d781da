package localcloud.machines;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import localcloud.ports.LoopbackServers;

/**
 * The web site of one simulated machine, on a free port of the loopback address whatever port it
 * stands for: {@code /} tells the version, {@code /healthz} whether it is healthy, {@code /slow}
 * answers after 2 s of the system's time. Of so many requests for {@code /} as its disk says one is
 * a 500. Once its machine hangs, requests are taken and stay without an answer; once it has ended,
 * the first breaks every connection, and none is taken more.
 */
final class SimulatedSite implements AutoCloseable {
  private static final int SLOW_SECONDS = 2;

  /** How its machine is. */
  enum State {
    SERVING,
    HANGING,
    ENDED
  }

  /** Opens the site of a machine that behaves so and now is as the state says. */
  interface Opener {
    SimulatedSite open(Behaviour behaviour, Supplier<State> state) throws IOException;
  }

  private final HttpServer server;
  private final Supplier<State> state;
  private final AtomicLong requests = new AtomicLong();

  private SimulatedSite(HttpServer server, Supplier<State> state) {
    this.server = server;
    this.state = state;
  }

  /**
   * Takes connections on return.
   *
   * @throws IOException if there is no port or no descriptor left
   */
  static SimulatedSite open(
      Behaviour behaviour, Supplier<State> state, ScheduledExecutorService threads)
      throws IOException {
    HttpServer server = LoopbackServers.http(0);
    SimulatedSite site = new SimulatedSite(server, state);
    String text = text(behaviour.version());
    int errorEvery = behaviour.errorEvery();
    server.createContext(
        "/", exchange -> site.answer(exchange, site.isError(errorEvery) ? 500 : 200, text));
    server.createContext("/healthz", exchange -> site.answer(exchange, behaviour.status(), text));
    server.createContext(
        "/slow",
        exchange ->
            threads.schedule(
                () -> site.answer(exchange, 200, text), SLOW_SECONDS, TimeUnit.SECONDS));
    server.setExecutor(threads);
    server.start();
    return site;
  }

  private boolean isError(int every) {
    return every > 0 && requests.incrementAndGet() % every == 0;
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

  private void answer(HttpExchange exchange, int status, String text) {
    switch (state.get()) {
      case SERVING -> send(exchange, status, text);
      case HANGING -> {}
      case ENDED -> close();
    }
  }

  private static void send(HttpExchange exchange, int status, String text) {
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
