package localcloud.compute;

import com.google.api.FieldBehavior;
import com.google.api.FieldBehaviorProto;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import localcloud.world.refusals.ApiException;
import localcloud.world.refusals.Refusals;

/** Makes Google's request message out of path, query and body. */
final class RequestReader {
  /**
   * Standard parameters of every Google API: https://cloud.google.com/apis/docs/system-parameters
   */
  private static final Set<String> SYSTEM =
      Set.of(
          "$.xgafv",
          "$alt",
          "access_token",
          "alt",
          "callback",
          "fields",
          "key",
          "oauth_token",
          "prettyPrint",
          "quotaUser",
          "uploadType",
          "upload_protocol",
          "userIp");

  private RequestReader() {}

  static Message read(Message prototype, Routes.Match match, ApiCall call, JsonObject body) {
    Message.Builder request = prototype.newBuilderForType();
    Descriptor type = prototype.getDescriptorForType();
    match.fields().forEach((field, value) -> set(request, type.findFieldByName(field), value));
    call.query()
        .forEach(
            (name, value) -> {
              if (!SYSTEM.contains(name)) {
                set(request, queryField(type, name), value);
              }
            });
    requireParameters(type, match, call);
    FieldDescriptor bodyField = match.method().bodyField();
    if (bodyField != null) {
      Message.Builder part = request.newBuilderForField(bodyField);
      Json.parse(body, part);
      request.setField(bodyField, part.build());
    }
    return request.build();
  }

  /** Some parameters must be there, such as the size of a resize: 0 would mean something else. */
  private static void requireParameters(Descriptor type, Routes.Match match, ApiCall call) {
    for (FieldDescriptor field : type.getFields()) {
      boolean given =
          match.fields().containsKey(field.getName())
              || call.query().containsKey(field.getJsonName())
              || call.query().containsKey(field.getName());
      boolean parameter = field.getJavaType() != FieldDescriptor.JavaType.MESSAGE;
      if (parameter && !given && isRequired(field)) {
        throw Refusals.required(field.getJsonName());
      }
    }
  }

  private static boolean isRequired(FieldDescriptor field) {
    return field
        .getOptions()
        .getExtension(FieldBehaviorProto.fieldBehavior)
        .contains(FieldBehavior.REQUIRED);
  }

  /** The body as JSON; an empty object if there is none. */
  static JsonObject body(ApiCall call) {
    String text = new String(call.body(), StandardCharsets.UTF_8);
    if (text.isBlank()) {
      return new JsonObject();
    }
    try {
      JsonElement json = JsonParser.parseString(text);
      // Where there is no body, @google-cloud/compute sends the empty string, Go's compute/v1 null.
      if (json.isJsonNull() || (json.isJsonPrimitive() && json.getAsString().isEmpty())) {
        return new JsonObject();
      }
      if (json.isJsonObject()) {
        return json.getAsJsonObject();
      }
    } catch (JsonParseException e) {
      throw new ApiException(400, "parseError", "Invalid JSON payload received. " + e.getMessage());
    }
    throw new ApiException(400, "parseError", "Invalid JSON payload received. Expected an object.");
  }

  private static FieldDescriptor queryField(Descriptor type, String name) {
    return type.getFields().stream()
        .filter(field -> field.getJsonName().equals(name) || field.getName().equals(name))
        .filter(field -> field.getJavaType() != FieldDescriptor.JavaType.MESSAGE)
        .findFirst()
        .orElseThrow(
            () ->
                new ApiException(
                    400,
                    "badRequest",
                    "Invalid JSON payload received. Unknown name \""
                        + name
                        + "\": Cannot bind query parameter. Field '"
                        + name
                        + "' could not be found in request message."));
  }

  private static void set(Message.Builder request, FieldDescriptor field, String text) {
    Object value;
    try {
      value = value(field, text);
    } catch (NumberFormatException e) {
      throw new ApiException(
          400,
          "invalidParameter",
          "Invalid value '" + text + "' for field '" + field.getJsonName() + "'.");
    }
    if (field.isRepeated()) {
      request.addRepeatedField(field, value);
    } else {
      request.setField(field, value);
    }
  }

  private static Object value(FieldDescriptor field, String text) {
    return switch (field.getJavaType()) {
      case INT -> Integer.valueOf(text);
      case LONG -> Long.valueOf(text);
      case BOOLEAN -> Boolean.valueOf(text);
      case STRING -> text;
      default -> throw new NumberFormatException("no parameter has this type");
    };
  }
}
