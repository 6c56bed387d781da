package localcloud.machines;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a simulated machine behaves.
 *
 * @param version what it says it runs
 * @param bootSeconds from power on until it answers, in cloud time; 5 unless told
 * @param healthy whether it then passes its health check; true unless told
 * @param diesAfterSeconds from power on until it ends by itself; null: never
 * @param console what it says on its serial port after booting; empty unless told
 */
record Behaviour(
    String version,
    double bootSeconds,
    boolean healthy,
    @Nullable Double diesAfterSeconds,
    String console) {
  private static final Set<String> KEYS =
      Set.of("version", "bootSeconds", "healthy", "diesAfterSeconds", "console");

  static Behaviour ofAnyDisk() {
    return new Behaviour("unknown", 5, true, null, "");
  }

  /** A line that cannot be read gives a machine that never answers and says why. */
  static Behaviour parse(String line) {
    try {
      return read(JsonParser.parseString(line.replace("\0", "").strip()).getAsJsonObject());
    } catch (JsonParseException | IllegalStateException | NumberFormatException e) {
      return broken("expected one line with a JSON object after SLIPWAY-SIM, found: " + line);
    }
  }

  private static Behaviour broken(String why) {
    return new Behaviour("unreadable", 0, false, null, why);
  }

  private static Behaviour read(JsonObject json) {
    for (String key : json.keySet()) {
      if (!KEYS.contains(key)) {
        return broken("a simulated disk knows the keys " + KEYS + " and not '" + key + "'");
      }
    }
    JsonElement dies = json.get("diesAfterSeconds");
    return new Behaviour(
        or(json, "version", new JsonPrimitive("unknown")).getAsString(),
        or(json, "bootSeconds", new JsonPrimitive(5)).getAsDouble(),
        or(json, "healthy", new JsonPrimitive(true)).getAsBoolean(),
        dies == null || dies.isJsonNull() ? null : dies.getAsDouble(),
        or(json, "console", new JsonPrimitive("")).getAsString());
  }

  private static JsonElement or(JsonObject json, String key, JsonElement otherwise) {
    JsonElement given = json.get(key);
    return given == null || given.isJsonNull() ? otherwise : given;
  }
}
