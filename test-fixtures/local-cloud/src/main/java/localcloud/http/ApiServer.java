package localcloud.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.BindException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import localcloud.ports.LoopbackServers;

/** The local cloud's two doors, HTTP and HTTPS, with the same routes behind both; loopback only. */
public final class ApiServer implements AutoCloseable {
  private final HttpServer http;
  private final HttpsServer https;
  private final ExecutorService threads;

  /** A TCP port each; as a wish, 0 takes a free one. */
  public record Ports(int http, int https) {}

  private ApiServer(HttpServer http, HttpsServer https, ExecutorService threads) {
    this.http = http;
    this.https = https;
    this.threads = threads;
  }

  /**
   * Takes connections on return.
   *
   * @param routes a handler per path prefix, such as {@code /compute/v1}: whole segments, the
   *     longest match wins. A handler may throw {@link localcloud.world.refusals.ApiException}: it
   *     is answered in Google's error envelope, and noted in {@code unknown} if its code is 501
   * @throws IOException if a port is in use; the message names it, its option and what to do
   */
  public static ApiServer start(
      Ports wanted, Certificate certificate, Map<String, HttpHandler> routes, UnknownRoutes unknown)
      throws IOException {
    HttpServer http;
    try {
      http = LoopbackServers.http(wanted.http());
    } catch (BindException taken) {
      throw taken(wanted.http(), "--http-port", taken);
    }
    HttpsServer https;
    try {
      https = LoopbackServers.https(wanted.https(), certificate.context());
    } catch (BindException taken) {
      http.stop(0);
      throw taken(wanted.https(), "--https-port", taken);
    }
    Map<String, HttpHandler> all = new HashMap<>(routes);
    all.put("/_local/unknown-routes", exchange -> list(exchange, unknown));
    FrontDoor door = new FrontDoor(all, unknown);
    ExecutorService threads = Executors.newCachedThreadPool(ApiServer::thread);
    for (HttpServer server : new HttpServer[] {http, https}) {
      server.createContext("/", door);
      server.setExecutor(threads);
      server.start();
    }
    return new ApiServer(http, https, threads);
  }

  /** Where it listens. */
  public Ports ports() {
    return new Ports(http.getAddress().getPort(), https.getAddress().getPort());
  }

  /** Cuts off whoever is still connected. */
  @Override
  public void close() {
    http.stop(0);
    https.stop(0);
    threads.shutdownNow();
  }

  private static IOException taken(int port, String option, BindException cause) {
    String message =
        "Port %d (%s) is in use on 127.0.0.1: stop the program that holds it, or choose another"
            + " with %s N (0 takes a free one)";
    return new IOException(String.format(Locale.ROOT, message, port, option, option), cause);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "api");
    thread.setDaemon(true);
    return thread;
  }

  private static void list(HttpExchange exchange, UnknownRoutes unknown) throws IOException {
    Replies.json(exchange, 200, Replies.toJson(Map.of("unknownRoutes", unknown.asked())));
  }
}
