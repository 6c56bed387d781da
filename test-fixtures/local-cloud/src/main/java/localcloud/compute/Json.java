package localcloud.compute;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import localcloud.world.refusals.ApiException;
import org.jspecify.annotations.Nullable;

/** Compute Engine's JSON: what is set and nothing else, 64-bit numbers as strings. */
public final class Json {
  private static final Pattern UNKNOWN = Pattern.compile("Cannot find field: (\\S+) in message.*");

  private Json() {}

  /** As it is answered. */
  public static String print(Message message) {
    try {
      return JsonFormat.printer().print(message);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("not printable: " + message.getClass(), e);
    }
  }

  /** Adds the object's fields to the message; a field that Google does not know is refused. */
  public static void parse(JsonObject json, Message.Builder into) {
    try {
      JsonFormat.parser().merge(withoutNulls(json).toString(), into);
    } catch (InvalidProtocolBufferException e) {
      String text = String.valueOf(e.getMessage());
      Matcher unknown = UNKNOWN.matcher(text);
      String what =
          unknown.matches()
              ? "Unknown name \"" + unknown.group(1) + "\": Cannot find field."
              : text;
      throw new ApiException(400, "badRequest", "Invalid JSON payload received. " + what);
    }
  }

  /**
   * A null says nothing, as an element of a list and under a name that is no field: Terraform's
   * provider sends {@code "nodeAffinities": [null]}, and {@code "serverTlsPolicy": null} with
   * setSslCertificates, which its own tests do in Google's cloud.
   */
  private static JsonElement withoutNulls(JsonElement json) {
    if (json.isJsonArray()) {
      JsonArray list = new JsonArray();
      json.getAsJsonArray().asList().stream()
          .filter(one -> !one.isJsonNull())
          .forEach(one -> list.add(withoutNulls(one)));
      return list;
    }
    if (json.isJsonObject()) {
      JsonObject object = new JsonObject();
      json.getAsJsonObject().entrySet().stream()
          .filter(one -> !one.getValue().isJsonNull())
          .forEach(one -> object.add(one.getKey(), withoutNulls(one.getValue())));
      return object;
    }
    return json;
  }

  /** The fingerprint that a body names; null if it names none. */
  static @Nullable String fingerprint(JsonObject body) {
    JsonElement sent = body.get("fingerprint");
    return sent == null || sent.isJsonNull() ? null : sent.getAsString();
  }

  /** RFC 7396: null removes, an object is merged, anything else replaces. */
  @SuppressWarnings("unchecked")
  static <T extends Message> T patched(T now, JsonObject patch) {
    JsonObject merged = merge(JsonParser.parseString(print(now)).getAsJsonObject(), patch);
    Message.Builder builder = now.newBuilderForType();
    parse(merged, builder);
    return (T) builder.build();
  }

  /** What it is with some of its parts set, each whole. */
  @SuppressWarnings("unchecked")
  static <T extends Message> T set(T now, JsonObject parts) {
    JsonObject whole = JsonParser.parseString(print(now)).getAsJsonObject();
    parts.entrySet().forEach(part -> whole.add(part.getKey(), part.getValue()));
    Message.Builder builder = now.newBuilderForType();
    parse(whole, builder);
    return (T) builder.build();
  }

  private static JsonObject merge(JsonObject base, JsonObject patch) {
    JsonObject merged = base.deepCopy();
    for (Map.Entry<String, JsonElement> entry : patch.entrySet()) {
      JsonElement was = merged.get(entry.getKey());
      JsonElement is = entry.getValue();
      if (is instanceof JsonNull) {
        merged.remove(entry.getKey());
      } else if (is.isJsonObject()) {
        JsonObject into =
            was != null && was.isJsonObject() ? was.getAsJsonObject() : new JsonObject();
        merged.add(entry.getKey(), merge(choose(into, is.getAsJsonObject()), is.getAsJsonObject()));
      } else {
        merged.add(entry.getKey(), is);
      }
    }
    return merged;
  }

  /** FixedOrPercent holds one of the two: naming one in a patch drops the other (inferred). */
  private static JsonObject choose(JsonObject was, JsonObject is) {
    JsonObject chosen = was.deepCopy();
    if (is.has("fixed") && !is.has("percent")) {
      chosen.remove("percent");
    }
    if (is.has("percent") && !is.has("fixed")) {
      chosen.remove("fixed");
    }
    return chosen;
  }
}
