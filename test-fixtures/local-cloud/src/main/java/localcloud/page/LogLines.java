package localcloud.page;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The function's lines that tell of a deployment, each in a cell {@code log/<number>}; the last
 * thousand of them.
 */
public final class LogLines implements Consumer<String>, Source {
  private static final int KEPT = 1000;

  /** A stack trace says enough in as many characters. */
  private static final int LONGEST_MESSAGE = 4000;

  private static final String OPERATION = "logging.googleapis.com/operation";

  private record Line(long number, JsonObject cell) {}

  private final Deque<Line> lines = new ArrayDeque<>();
  private long count;

  /**
   * Takes a line as the function wrote it; what is not JSON is the framework's, and passed over.
   */
  @Override
  public void accept(String line) {
    if (!line.startsWith("{")) {
      return;
    }
    try {
      keep(cell(JsonParser.parseString(line).getAsJsonObject()));
    } catch (RuntimeException notOurs) {
      // Half a line, no object, no message: whatever Gson says of it, the next line must come.
      return;
    }
  }

  private synchronized void keep(JsonObject cell) {
    if (cell.has("deployment") || cell.has("object")) {
      lines.add(new Line(count++, cell));
    }
    if (lines.size() > KEPT) {
      lines.remove();
    }
  }

  private static JsonObject cell(JsonObject line) {
    JsonObject cell = new JsonObject();
    for (String key : List.of("time", "severity", "event", "object", "generation")) {
      copy(line, key, cell, key);
    }
    if (line.has(OPERATION)) {
      copy(line.getAsJsonObject(OPERATION), "id", cell, "deployment");
    }
    String message = line.get("message").getAsString();
    cell.addProperty("message", message.substring(0, Math.min(message.length(), LONGEST_MESSAGE)));
    return cell;
  }

  private static void copy(JsonObject from, String key, JsonObject to, String name) {
    JsonElement value = from.get(key);
    if (value != null && value.isJsonPrimitive()) {
      to.addProperty(name, value.getAsString());
    }
  }

  @Override
  public synchronized void fill(Map<String, JsonObject> cells) throws IOException {
    lines.forEach(line -> cells.put("log/" + line.number(), line.cell()));
  }
}
