package localcloud.page;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import localcloud.ports.LoopbackServers;

/** The page's own files, over cells that a test sets: its events are those of the real server. */
final class CellServer implements AutoCloseable {
  private static final String FILES = "page";
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html", "css", "text/css", "js", "text/javascript", "svg", "image/svg+xml");
  private static final long HEARTBEAT_MILLIS = 1000;

  private final HttpServer http;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<JsonObject> changes = new ArrayList<>();
  private Map<String, JsonObject> cells = Map.of();
  private boolean lost;

  CellServer() throws IOException {
    http = LoopbackServers.http(0);
    http.createContext("/", this::file);
    http.createContext("/events", this::events);
    http.setExecutor(threads);
    http.start();
  }

  String address() {
    return "http://localhost:" + http.getAddress().getPort() + "/";
  }

  /** The queries of the connections so far, "" where nothing was opened. */
  List<String> asked() {
    return asked;
  }

  /** Shows these cells and no others, also to who looks already. */
  synchronized void show(Map<String, JsonObject> next) {
    JsonObject set = new JsonObject();
    next.forEach(
        (key, cell) -> {
          if (!cell.equals(cells.get(key))) {
            set.add(key, cell);
          }
        });
    JsonArray gone = new JsonArray();
    cells.keySet().stream().filter(key -> !next.containsKey(key)).forEach(gone::add);
    cells = Map.copyOf(next);
    changes.add(event(set, gone));
    notifyAll();
  }

  /** Shows the same with a change. */
  void change(Consumer<Map<String, JsonObject>> how) {
    Map<String, JsonObject> next = new HashMap<>(all());
    how.accept(next);
    show(next);
  }

  private synchronized Map<String, JsonObject> all() {
    return cells;
  }

  /** Cuts every connection off, and takes none until it is found again. */
  synchronized void lose(boolean now) {
    lost = now;
    notifyAll();
  }

  private static JsonObject event(JsonObject set, JsonArray gone) {
    JsonObject event = new JsonObject();
    event.addProperty("now", Cells.NOW.toEpochMilli());
    event.add("set", set);
    event.add("gone", gone);
    return event;
  }

  private void file(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String name = path.equals("/") ? "/index.html" : path;
      try (InputStream file = getClass().getClassLoader().getResourceAsStream(FILES + name)) {
        exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
        byte[] body = file == null ? new byte[0] : file.readAllBytes();
        exchange.sendResponseHeaders(file == null ? 404 : 200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
      }
    }
  }

  private void events(HttpExchange exchange) throws IOException {
    try (exchange) {
      String query = exchange.getRequestURI().getQuery();
      asked.add(query == null ? "" : query);
      if (isLost()) {
        return;
      }
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
      exchange.sendResponseHeaders(200, 0);
      send(exchange.getResponseBody());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean isLost() {
    return lost;
  }

  private void send(OutputStream out) throws IOException, InterruptedException {
    int sent;
    synchronized (this) {
      JsonObject set = new JsonObject();
      cells.forEach(set::add);
      sent = changes.size();
      write(out, "retry: 500\nevent: all\ndata: " + event(set, new JsonArray()) + "\n\n");
    }
    while (true) {
      List<JsonObject> fresh;
      synchronized (this) {
        if (!lost && sent == changes.size()) {
          wait(HEARTBEAT_MILLIS);
        }
        if (lost) {
          return;
        }
        fresh = List.copyOf(changes.subList(sent, changes.size()));
        sent = changes.size();
      }
      for (JsonObject change : fresh) {
        write(out, "event: change\ndata: " + change + "\n\n");
      }
      // A tab that was closed is found out by writing to it.
      write(out, ": nothing else\n\n");
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }
}
