package page;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** What stands in JSON that others wrote, where anything may be missing. */
final class Json {
  private Json() {}

  /** A text, number or boolean as text; empty if there is none. */
  static String text(JsonObject object, String key) {
    JsonElement value = object.get(key);
    return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
  }

  /** An object; a new, empty one if there is none. */
  static JsonObject object(JsonObject object, String key) {
    return object.get(key) instanceof JsonObject value ? value : new JsonObject();
  }

  /** An array; a new, empty one if there is none. */
  static JsonArray array(JsonObject object, String key) {
    return object.get(key) instanceof JsonArray value ? value : new JsonArray();
  }

  /** The objects of an array. */
  static List<JsonObject> objects(JsonObject object, String key) {
    List<JsonObject> objects = new ArrayList<>();
    for (JsonElement one : array(object, key)) {
      if (one instanceof JsonObject value) {
        objects.add(value);
      }
    }
    return objects;
  }

  /** What stands behind the last slash. */
  static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** A link's path from {@code projects/} on; the text itself if it has none. */
  static String path(String link) {
    int start = link.indexOf("projects/");
    return start < 0 ? link : link.substring(start);
  }
}
