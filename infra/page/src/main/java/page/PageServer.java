package page;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Serves the page, its files and its events; loopback only. */
public final class PageServer implements AutoCloseable {
  /** Nothing from elsewhere, and no script but the page's own files, whatever gets into it. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final String LOCAL_HOST = "(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?";

  private final HttpServer http;
  private final ExecutorService threads;
  private final Board board;

  private PageServer(HttpServer http, Board board) {
    this.http = http;
    this.board = board;
    this.threads =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            1,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            PageServer::thread);
  }

  /**
   * Takes connections on return.
   *
   * @param port 0 for a free one
   * @throws IOException if the port is in use
   */
  public static PageServer start(int port, Settings settings) throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    PageServer server = new PageServer(http, Sights.board(settings));
    EventStream events = new EventStream(server.board, settings.clock());
    http.createContext("/", exchange -> server.serve(exchange, events));
    http.setExecutor(server.threads);
    http.start();
    return server;
  }

  /** Where it listens. */
  public int port() {
    return http.getAddress().getPort();
  }

  /** How many tabs are open. */
  public int watchers() {
    return board.watchers();
  }

  /**
   * Looks up what it is time for, if a tab is open; to be called about five times a second, by one
   * thread.
   */
  public void look() {
    try {
      board.look();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  /** Cuts off every open tab. */
  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }

  private void serve(HttpExchange exchange, EventStream events) throws IOException {
    try (exchange) {
      Headers headers = exchange.getResponseHeaders();
      headers.set("Content-Security-Policy", POLICY);
      headers.set("X-Content-Type-Options", "nosniff");
      headers.set("Referrer-Policy", "no-referrer");
      headers.set("Cache-Control", "no-store");
      String path = exchange.getRequestURI().getPath();
      if (!isLocal(exchange)) {
        refuse(exchange, 421, "This page answers to localhost only.");
      } else if (!isOwn(exchange)) {
        refuse(exchange, 403, "This page answers to no other web page.");
      } else if (!exchange.getRequestMethod().equals("GET")) {
        refuse(exchange, 405, "This page is only read.");
      } else if (path.equals("/events")) {
        events.handle(exchange);
      } else if (!PageFiles.send(path, exchange)) {
        refuse(exchange, 404, "Nothing is here: the page is at /");
      }
    }
  }

  /** A name that a stranger's page had pointed at this machine must not let that page read ours. */
  private static boolean isLocal(HttpExchange exchange) {
    String host = exchange.getRequestHeaders().getFirst("Host");
    return host != null && host.matches(LOCAL_HOST);
  }

  /** Programs and the page's own GETs send no Origin, or this one. */
  private static boolean isOwn(HttpExchange exchange) {
    String origin = exchange.getRequestHeaders().getFirst("Origin");
    String host = exchange.getRequestHeaders().getFirst("Host");
    return origin == null || origin.equals("http://" + host);
  }

  private static void refuse(HttpExchange exchange, int code, String sentence) throws IOException {
    byte[] body = (sentence + "\n").getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    exchange.sendResponseHeaders(code, body.length);
    exchange.getResponseBody().write(body);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "page");
    thread.setDaemon(true);
    return thread;
  }
}
