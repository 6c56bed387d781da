package localcloud.compute;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import localcloud.world.ApiException;

/** Answers with their content type, and Google's envelope around errors. */
final class Envelopes {
  private static final String JSON = "application/json; charset=UTF-8";
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private Envelopes() {}

  static ApiAnswer ok(String json) {
    return new ApiAnswer(200, JSON, json.getBytes(StandardCharsets.UTF_8), List.of());
  }

  static ApiAnswer error(ApiException refused, List<ApiAnswer.Unknown> unknown) {
    String message = String.valueOf(refused.getMessage());
    JsonObject one = new JsonObject();
    one.addProperty("message", message);
    one.addProperty("domain", "global");
    one.addProperty("reason", refused.reason());
    JsonArray errors = new JsonArray();
    errors.add(one);
    JsonObject error = new JsonObject();
    error.addProperty("code", refused.code());
    error.addProperty("message", message);
    error.add("errors", errors);
    JsonObject envelope = new JsonObject();
    envelope.add("error", error);
    return new ApiAnswer(
        refused.code(), JSON, GSON.toJson(envelope).getBytes(StandardCharsets.UTF_8), unknown);
  }
}
