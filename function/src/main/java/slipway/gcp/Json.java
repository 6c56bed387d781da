package slipway.gcp;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.stream.Stream;

/** What stands in one of Google's answers; what does not is empty, 0 or false, as Google says. */
final class Json {
  private Json() {}

  /** A text, or a 64-bit number, which Google writes as one. */
  static String text(JsonObject json, String key) {
    return json.get(key) instanceof JsonPrimitive value ? value.getAsString() : "";
  }

  static int number(JsonObject json, String key) {
    return json.get(key) instanceof JsonPrimitive value ? value.getAsInt() : 0;
  }

  static boolean is(JsonObject json, String key) {
    return json.get(key) instanceof JsonPrimitive value && value.getAsBoolean();
  }

  /** The object that these keys lead to, one within the other. */
  static JsonObject at(JsonObject json, String... keys) {
    JsonObject found = json;
    for (String key : keys) {
      found = found.get(key) instanceof JsonObject next ? next : new JsonObject();
    }
    return found;
  }

  /** A list of objects. */
  static List<JsonObject> objects(JsonObject json, String key) {
    return elements(json, key)
        .filter(JsonElement::isJsonObject)
        .map(JsonElement::getAsJsonObject)
        .toList();
  }

  /** A list of texts. */
  static List<String> texts(JsonObject json, String key) {
    return elements(json, key).map(JsonElement::getAsString).toList();
  }

  private static Stream<JsonElement> elements(JsonObject json, String key) {
    return json.get(key) instanceof JsonArray array ? array.asList().stream() : Stream.empty();
  }

  /** The last part of a URL. */
  static String last(String url) {
    return url.substring(url.lastIndexOf('/') + 1);
  }
}
