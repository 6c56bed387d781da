package slipway.template;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A template with a value in every field that Google's discovery document has: two elements in each
 * list, one entry in each map, and each text that of its path.
 */
final class GeneratedTemplate {
  private static final TemplateFields FIELDS = TemplateFields.KNOWN;
  private static final int ELEMENTS = 2;

  private GeneratedTemplate() {}

  /** Its first disk is the boot disk, and its second is not. */
  static JsonObject ofEveryField() {
    JsonObject template = object(TemplateFields.ROOT, "");
    JsonArray disks = template.getAsJsonObject("properties").getAsJsonArray("disks");
    disks.get(1).getAsJsonObject().addProperty("boot", false);
    // The generator would otherwise list two where the image lists two.
    disks.get(0).getAsJsonObject().getAsJsonArray("guestOsFeatures").remove(1);
    return template;
  }

  private static JsonObject object(String type, String path) {
    JsonObject object = new JsonObject();
    FIELDS
        .types()
        .getOrDefault(type, Map.of())
        .forEach((name, field) -> object.add(name, value(field, path + "." + name)));
    return object;
  }

  private static JsonElement value(String field, String path) {
    String type = field.replace(" output", "");
    if (type.endsWith("[]")) {
      JsonArray array = new JsonArray();
      String element = type.substring(0, type.length() - 2);
      for (int i = 0; i < ELEMENTS; i++) {
        array.add(value(element, path + "[" + i + "]"));
      }
      return array;
    }
    if (type.endsWith("{}")) {
      JsonObject map = new JsonObject();
      map.add("key", value(type.substring(0, type.length() - 2), path + ".key"));
      return map;
    }
    return switch (type) {
      case "string" -> new JsonPrimitive(path);
      case "boolean" -> new JsonPrimitive(true);
      case "integer", "number" -> new JsonPrimitive(path.length());
      default -> object(type, path);
    };
  }

  /** Each value by its path, such as {@code .properties.disks[0].boot}. */
  static Map<String, String> leaves(JsonElement json) {
    Map<String, String> all = new TreeMap<>();
    collect(json, "", all);
    return all;
  }

  /** The same paths without the numbers in lists. */
  static List<String> paths(JsonElement json) {
    return leaves(json).keySet().stream()
        .map(path -> path.replaceAll("\\[[0-9]+]", "[]"))
        .distinct()
        .toList();
  }

  private static void collect(JsonElement json, String path, Map<String, String> all) {
    if (json instanceof JsonObject object) {
      object.asMap().forEach((name, value) -> collect(value, path + "." + name, all));
    } else if (json instanceof JsonArray array) {
      for (int i = 0; i < array.size(); i++) {
        collect(array.get(i), path + "[" + i + "]", all);
      }
    } else {
      all.put(path, json.getAsString());
    }
  }

  /** Whether the document says of a field on this path that Google alone writes it. */
  static boolean isOutput(String path) {
    String type = TemplateFields.ROOT;
    for (String name : path.substring(1).split("\\.", -1)) {
      String field =
          FIELDS
              .types()
              .getOrDefault(type, Map.of())
              .getOrDefault(name.replaceAll("\\[.*", ""), "");
      if (field.endsWith(" output")) {
        return true;
      }
      type = field.replace("[]", "");
    }
    return false;
  }
}
