package slipway.template;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The fields of a template as Google's discovery document has them: {@code fields.json}, written
 * from it by {@code src/main/discovery/template-fields.jq}.
 *
 * @param document which one
 * @param types each type's fields, by name: {@code string}, {@code Type}, with {@code []} or {@code
 *     {}} behind it for a list or a map, and with {@code output} behind that if Google alone writes
 *     it
 */
record TemplateFields(String document, Map<String, Map<String, String>> types) {
  /** Those of the document that this build was made with. */
  static final TemplateFields KNOWN = read();

  /** The type of the whole. */
  static final String ROOT = "InstanceTemplate";

  private static TemplateFields read() {
    try (Reader reader =
        new InputStreamReader(
            Objects.requireNonNull(TemplateFields.class.getResourceAsStream("fields.json")),
            UTF_8)) {
      return new Gson().fromJson(reader, TemplateFields.class);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Takes away what Google alone writes; a field that the document does not have stays. */
  void stripOutputs(JsonObject template) {
    strip(template, ROOT);
  }

  private void strip(JsonElement value, String type) {
    if (value instanceof JsonArray array) {
      array.forEach(one -> strip(one, type));
    } else if (value instanceof JsonObject object) {
      Map<String, String> fields = types.getOrDefault(type, Map.of());
      object.keySet().removeIf(key -> fields.getOrDefault(key, "").endsWith(" output"));
      object.asMap().forEach((key, field) -> strip(field, element(fields.getOrDefault(key, ""))));
    }
  }

  /** The paths of fields that the document does not have, such as {@code disks[].newKind}. */
  List<String> unknownIn(JsonObject template) {
    List<String> unknown = new ArrayList<>();
    collect(template, ROOT, "", unknown);
    return unknown;
  }

  private void collect(JsonElement value, String type, String path, List<String> unknown) {
    Map<String, String> fields = types.get(type);
    if (value instanceof JsonArray array) {
      array.forEach(one -> collect(one, type, path + "[]", unknown));
    } else if (value instanceof JsonObject object && fields != null) {
      String prefix = path.isEmpty() ? "" : path + ".";
      object
          .asMap()
          .forEach(
              (key, field) -> {
                String kind = fields.get(key);
                if (kind == null) {
                  unknown.add(prefix + key);
                } else {
                  collect(field, element(kind.replace(" output", "")), prefix + key, unknown);
                }
              });
    }
  }

  /** The type of one element of a list; no map of a template holds objects. */
  private static String element(String type) {
    return type.replace("[]", "");
  }
}
