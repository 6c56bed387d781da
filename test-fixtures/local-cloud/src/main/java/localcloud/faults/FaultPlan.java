package localcloud.faults;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A seed and rules, as they are put at {@code /_local/faults} or read from a file. MODEL.md tells
 * the keys.
 */
record FaultPlan(long seed, List<Rule> rules) {
  private static final Keys.Bounds ANY = new Keys.Bounds(Long.MIN_VALUE, Long.MAX_VALUE);

  static FaultPlan none() {
    return new FaultPlan(0, List.of());
  }

  /**
   * Reads the JSON text.
   *
   * @throws BadFaults if it is none, or holds a key or a value that no rule has
   */
  static FaultPlan parse(String json) throws BadFaults {
    Keys keys = new Keys("", object("the faults", json(json)));
    long seed = keys.whole("seed", ANY).orElse(0L);
    List<Rule> rules = new ArrayList<>();
    Set<String> names = new HashSet<>();
    if (keys.find("rules").orElse(null) instanceof JsonArray list) {
      for (int i = 0; i < list.size(); i++) {
        String path = "rules[" + i + "]";
        Rule rule = rule(path, object(path, list.get(i)));
        if (!names.add(rule.terms().name())) {
          throw new BadFaults(path + ".name", "a name of its own", rule.terms().name());
        }
        rules.add(rule);
      }
    } else {
      throw new BadFaults(
          "rules", "a list", keys.find("rules").map(Object::toString).orElse("none"));
    }
    keys.refuseOthers();
    return new FaultPlan(seed, List.copyOf(rules));
  }

  private static JsonElement json(String text) throws BadFaults {
    try {
      return JsonParser.parseString(text);
    } catch (JsonParseException no) {
      throw new BadFaults("the faults", "JSON", String.valueOf(no.getMessage()));
    }
  }

  private static JsonObject object(String name, JsonElement json) throws BadFaults {
    if (json instanceof JsonObject object) {
      return object;
    }
    throw new BadFaults(name, "a JSON object", json.toString());
  }

  private static Rule rule(String path, JsonObject json) throws BadFaults {
    Keys keys = new Keys(path, json);
    Place place = Place.of(keys.oneOf("on", Place.words()));
    Map<String, Glob> patterns = new LinkedHashMap<>();
    for (String fact : place.facts()) {
      Optional<String> pattern = keys.text(fact);
      if (pattern.isPresent()) {
        patterns.put(fact, Glob.of(pattern.get()));
      }
    }
    if (place == Place.CALL && patterns.containsKey("method")) {
      CallNames.require(keys.name("method"), patterns.get("method"));
    }
    String name = keys.text("name").orElse(path);
    Occasion occasion = Occasion.read(keys);
    Fault fault = FaultReader.read(place, keys);
    keys.refuseOthers();
    return new Rule(new Rule.Terms(name, place, patterns, occasion, fault));
  }
}
