package localcloud.faults;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads one JSON object key by key, and refuses the keys that nobody read. */
final class Keys {
  /** What a number may be, both ends included. */
  record Bounds(long least, long most) {
    static final Bounds COUNT = new Bounds(1, 1_000_000);
    static final Bounds SECONDS = new Bounds(0, 86_400);
    static final Bounds BYTES = new Bounds(0, Long.MAX_VALUE);
  }

  private final String path;
  private final JsonObject object;
  private final Set<String> known = new TreeSet<>();

  /**
   * Takes where the object stands, for messages.
   *
   * @param path such as {@code rules[2]}; empty for the whole
   */
  Keys(String path, JsonObject object) {
    this.path = path;
    this.object = object;
  }

  String name(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  boolean has(String key) {
    known.add(key);
    return object.has(key);
  }

  Optional<JsonElement> find(String key) {
    return has(key) ? Optional.of(object.get(key)) : Optional.empty();
  }

  Optional<String> text(String key) throws BadFaults {
    Optional<JsonElement> value = find(key);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get() instanceof JsonPrimitive text && text.isString()) {
      return Optional.of(text.getAsString());
    }
    throw new BadFaults(name(key), "a text", value.get().toString());
  }

  /** A text that is one of these; it must be there. */
  String oneOf(String key, Set<String> choices) throws BadFaults {
    String found = text(key).orElse("nothing");
    if (!choices.contains(found)) {
      throw new BadFaults(name(key), "one of " + new TreeSet<>(choices), found);
    }
    return found;
  }

  Optional<Long> whole(String key, Bounds bounds) throws BadFaults {
    Optional<JsonElement> value = find(key);
    return value.isEmpty() ? Optional.empty() : Optional.of(whole(name(key), value.get(), bounds));
  }

  static long whole(String name, JsonElement value, Bounds bounds) throws BadFaults {
    try {
      if (value instanceof JsonPrimitive number && number.isNumber()) {
        long found = number.getAsBigDecimal().longValueExact();
        if (found >= bounds.least() && found <= bounds.most()) {
          return found;
        }
      }
    } catch (ArithmeticException notWhole) {
      // Told below, as a number out of bounds is.
    }
    String expected = "a whole number from " + bounds.least() + " to " + bounds.most();
    throw new BadFaults(name, expected, value.toString());
  }

  /** A whole number of seconds of cloud time; none if the key is not there. */
  Duration seconds(String key) throws BadFaults {
    return Duration.ofSeconds(whole(key, Bounds.SECONDS).orElse(0L));
  }

  /** A number that must be there. */
  long needed(String key, Bounds bounds) throws BadFaults {
    Optional<Long> value = whole(key, bounds);
    if (value.isEmpty()) {
      throw new BadFaults(name(key), "a whole number from " + bounds.least(), "nothing");
    }
    return value.get();
  }

  Optional<Double> probability(String key) throws BadFaults {
    Optional<JsonElement> value = find(key);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get() instanceof JsonPrimitive number && number.isNumber()) {
      BigDecimal found = number.getAsBigDecimal();
      if (found.signum() >= 0 && found.compareTo(BigDecimal.ONE) <= 0) {
        return Optional.of(found.doubleValue());
      }
    }
    throw new BadFaults(name(key), "a number from 0 to 1", value.get().toString());
  }

  void refuseOthers() throws BadFaults {
    for (String key : object.keySet()) {
      if (!known.contains(key)) {
        throw new BadFaults(
            path.isEmpty() ? "the faults" : path, "no keys but " + known, "'" + key + "'");
      }
    }
  }
}
