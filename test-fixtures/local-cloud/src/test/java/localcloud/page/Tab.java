package localcloud.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** One open tab of a page, without a browser: what it is sent, and the cells that it then has. */
public final class Tab implements AutoCloseable {
  private final BufferedReader lines;
  private final Map<String, JsonObject> cells = new TreeMap<>();

  /** Opens it. */
  public Tab(String address) throws IOException, InterruptedException {
    this(address, "");
  }

  /**
   * Opens it with something opened in it.
   *
   * @param query such as {@code ?history=mir-riseos}
   */
  public Tab(String address, String query) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address + "events" + query)).build();
    HttpResponse<InputStream> answer =
        HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream());
    String type = answer.headers().firstValue("Content-Type").orElse("");
    if (!type.equals("text/event-stream; charset=utf-8")) {
      throw new AssertionError("expected events, found " + type);
    }
    lines = new BufferedReader(new InputStreamReader(answer.body(), UTF_8));
  }

  /** The data of the next event, which must be of this name. */
  public JsonObject next(String name) throws IOException {
    String line = line();
    while (!line.startsWith("event: ")) {
      line = line();
    }
    if (!line.equals("event: " + name)) {
      throw new AssertionError("expected the event " + name + ", found " + line);
    }
    return take(line());
  }

  /** The cells at the first time that they are so. */
  public Map<String, JsonObject> until(Predicate<Map<String, JsonObject>> so) throws IOException {
    while (!so.test(cells)) {
      step();
    }
    return cells;
  }

  /**
   * Takes what comes next, be it no more than a heartbeat, of which there is one in two seconds.
   */
  public void step() throws IOException {
    String line = line();
    if (line.startsWith("data: ")) {
      take(line);
    }
  }

  private JsonObject take(String line) {
    JsonObject data = JsonParser.parseString(line.substring("data: ".length())).getAsJsonObject();
    for (Map.Entry<String, JsonElement> cell : data.getAsJsonObject("set").entrySet()) {
      cells.put(cell.getKey(), cell.getValue().getAsJsonObject());
    }
    data.getAsJsonArray("gone").forEach(key -> cells.remove(key.getAsString()));
    return data;
  }

  /** The cell of this key, which must be there. */
  public static JsonObject cell(Map<String, JsonObject> cells, String key) {
    JsonObject cell = cells.get(key);
    if (cell == null) {
      throw new AssertionError("no cell " + key + " among " + cells.keySet());
    }
    return cell;
  }

  private String line() throws IOException {
    String line = lines.readLine();
    if (line == null) {
      throw new IOException("the page has closed the connection; its cells were " + cells);
    }
    return line;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
