package localcloud.machines;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.Set;
import localcloud.world.instances.Board;
import org.jspecify.annotations.Nullable;

/**
 * How a simulated machine behaves.
 *
 * @param version what it says it runs
 * @param bootSeconds from power on until it answers, in cloud time; 5 unless told
 * @param healthy whether it then passes its health check; true unless told
 * @param status what it answers a health check with; 200 unless told, or 503 if it is not healthy
 * @param answerSeconds how long it takes to answer a health check, in cloud time; 0 unless told
 * @param hangsAfterSeconds from power on until it answers nobody any more; null: never
 * @param diesAfterSeconds from power on until it ends by itself; null: never
 * @param console what it says on its serial port after booting; empty unless told
 * @param errorEvery of this many requests one is answered with a 500, though none of a health
 *     check; 0, unless told: none
 * @param cpu the share of its vCPUs that it always uses, from 0 to 1; 0 unless told
 */
record Behaviour(
    String version,
    double bootSeconds,
    boolean healthy,
    int status,
    double answerSeconds,
    @Nullable Double hangsAfterSeconds,
    @Nullable Double diesAfterSeconds,
    String console,
    int errorEvery,
    double cpu) {
  private static final int OK = 200;
  private static final double NEVER = Double.POSITIVE_INFINITY;
  private static final int UNAVAILABLE = 503;
  private static final Set<String> KEYS =
      Set.of(
          "version",
          "bootSeconds",
          "healthy",
          "status",
          "answerSeconds",
          "hangsAfterSeconds",
          "diesAfterSeconds",
          "console",
          "errorEvery",
          "cpu");

  static Behaviour ofAnyDisk() {
    return new Behaviour("unknown", 5, true, OK, 0, null, null, "", 0, 0);
  }

  /**
   * The firmware finds nothing to run. What UEFI says is of
   * GoogleCloudPlatform/compute-archlinux-image-builder#44. QEMU's BIOS was seen to run the zeros
   * of an MBR that has a signature and no code, and to say no more.
   */
  static Behaviour notBooting(Board.Firmware firmware) {
    String said =
        firmware == Board.Firmware.UEFI
            ? "UEFI: Failed to load image.\nStatus: Not Found."
            : "Booting from Hard Disk...";
    return new Behaviour("none", NEVER, false, UNAVAILABLE, 0, 0.0, null, said, 0, 0);
  }

  /** Whether it comes up at all. */
  boolean boots() {
    return bootSeconds < NEVER;
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
    return new Behaviour("unreadable", 0, false, UNAVAILABLE, 0, null, null, why, 0, 0);
  }

  private static Behaviour read(JsonObject json) {
    for (String key : json.keySet()) {
      if (!KEYS.contains(key)) {
        return broken("a simulated disk knows the keys " + KEYS + " and not '" + key + "'");
      }
    }
    boolean healthy = or(json, "healthy", new JsonPrimitive(true)).getAsBoolean();
    return new Behaviour(
        or(json, "version", new JsonPrimitive("unknown")).getAsString(),
        or(json, "bootSeconds", new JsonPrimitive(5)).getAsDouble(),
        healthy,
        or(json, "status", new JsonPrimitive(healthy ? OK : UNAVAILABLE)).getAsInt(),
        or(json, "answerSeconds", new JsonPrimitive(0)).getAsDouble(),
        seconds(json, "hangsAfterSeconds"),
        seconds(json, "diesAfterSeconds"),
        or(json, "console", new JsonPrimitive("")).getAsString(),
        or(json, "errorEvery", new JsonPrimitive(0)).getAsInt(),
        or(json, "cpu", new JsonPrimitive(0)).getAsDouble());
  }

  private static @Nullable Double seconds(JsonObject json, String key) {
    JsonElement given = json.get(key);
    return given == null || given.isJsonNull() ? null : given.getAsDouble();
  }

  private static JsonElement or(JsonObject json, String key, JsonElement otherwise) {
    JsonElement given = json.get(key);
    return given == null || given.isJsonNull() ? otherwise : given;
  }
}
