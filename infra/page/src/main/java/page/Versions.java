package page;

import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** Gives each version a number when it is first seen: its colour and its shape in every tab. */
final class Versions {
  private final Map<String, Integer> numbers = new LinkedHashMap<>();

  void add(String template) {
    if (!template.isEmpty()) {
      numbers.putIfAbsent(template, numbers.size());
    }
  }

  void fill(Map<String, JsonObject> cells) {
    numbers.forEach(
        (template, number) -> {
          JsonObject cell = new JsonObject();
          cell.addProperty("number", number);
          cells.put("version/" + template, cell);
        });
  }
}
