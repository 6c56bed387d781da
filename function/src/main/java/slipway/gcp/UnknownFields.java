package slipway.gcp;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the fields of a JSON resource that Google's client library of this build does not know. */
final class UnknownFields {
  private UnknownFields() {}

  static List<String> of(JsonObject json, Descriptor type) {
    List<String> unknown = new ArrayList<>();
    collect(json, type, "", unknown);
    return unknown;
  }

  private static void collect(
      JsonObject json, Descriptor type, String prefix, List<String> unknown) {
    json.asMap()
        .forEach(
            (key, value) -> {
              FieldDescriptor field = field(type, key);
              if (field == null) {
                unknown.add(prefix + key);
              } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                  && !field.isMapField()) {
                descend(value, field.getMessageType(), prefix + key, unknown);
              }
            });
  }

  private static void descend(
      JsonElement value, Descriptor type, String path, List<String> unknown) {
    if (value instanceof JsonObject object) {
      collect(object, type, path + ".", unknown);
    } else if (value instanceof JsonArray array) {
      array.forEach(element -> descend(element, type, path + "[]", unknown));
    }
  }

  private static @Nullable FieldDescriptor field(Descriptor type, String jsonName) {
    return type.getFields().stream()
        .filter(field -> field.getJsonName().equals(jsonName))
        .findFirst()
        .orElse(null);
  }
}
