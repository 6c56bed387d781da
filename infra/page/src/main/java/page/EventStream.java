package page;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/**
 * Server-sent events: {@code all} cells to who comes, also again, then each {@code change}. Every
 * event has the cloud's time. The query says what is opened in the tab. A tab that was closed is
 * found out by writing to it, within two heartbeats.
 */
final class EventStream implements HttpHandler {
  private static final Duration HEARTBEAT = Duration.ofSeconds(2);

  private final Board board;
  private final InstantSource clock;

  EventStream(Board board, InstantSource clock) {
    this.board = board;
    this.clock = clock;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
    exchange.sendResponseHeaders(200, 0);
    String query = exchange.getRequestURI().getQuery();
    try (Board.Watcher watcher = board.watch(query == null ? Wishes.NONE : Wishes.of(query));
        OutputStream out = exchange.getResponseBody()) {
      send(watcher, out);
    } catch (IOException tabClosed) {
      return;
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(Board.Watcher watcher, OutputStream out)
      throws IOException, InterruptedException {
    Map<String, JsonObject> sent = watcher.next(Duration.ZERO);
    write(out, "retry: 1000\n" + event("all", difference(Map.of(), sent)));
    while (true) {
      Map<String, JsonObject> now = watcher.next(HEARTBEAT);
      write(out, now == sent ? ": nothing new\n\n" : event("change", difference(sent, now)));
      sent = now;
    }
  }

  private JsonObject difference(Map<String, JsonObject> before, Map<String, JsonObject> now) {
    JsonObject set = new JsonObject();
    now.forEach(
        (key, cell) -> {
          if (!cell.equals(before.get(key))) {
            set.add(key, cell);
          }
        });
    JsonArray gone = new JsonArray();
    before.keySet().stream().filter(key -> !now.containsKey(key)).forEach(gone::add);
    JsonObject difference = new JsonObject();
    difference.addProperty("now", clock.instant().toEpochMilli());
    difference.add("set", set);
    difference.add("gone", gone);
    return difference;
  }

  /** On one line: JSON text has no line break, as the form of the stream demands of data. */
  private static String event(String name, JsonObject data) {
    return "event: " + name + "\ndata: " + data + "\n\n";
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
