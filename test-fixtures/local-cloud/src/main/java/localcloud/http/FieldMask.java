package localcloud.http;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import localcloud.world.refusals.ApiException;

/**
 * The parameter {@code fields}: {@code items(name,labels/team),nextPageToken}; an asterisk is every
 * field (Google's documentation, "Improve performance: partial response").
 */
final class FieldMask {
  private final String text;
  private int at;

  /** What is wanted of each field; an empty node wants all of it. */
  private static final class Node {
    private final Map<String, Node> fields = new TreeMap<>();

    JsonElement of(JsonElement value) {
      if (fields.isEmpty()) {
        return value;
      }
      if (value instanceof JsonArray all) {
        JsonArray some = new JsonArray();
        all.forEach(each -> some.add(of(each)));
        return some;
      }
      JsonObject part = new JsonObject();
      if (value instanceof JsonObject whole) {
        for (Map.Entry<String, JsonElement> field : whole.entrySet()) {
          Node wanted = fields.getOrDefault(field.getKey(), fields.get("*"));
          if (wanted != null) {
            part.add(field.getKey(), wanted.of(field.getValue()));
          }
        }
      }
      return part;
    }
  }

  private FieldMask(String text) {
    this.text = text;
  }

  /** The same answer with what the request wants of it. */
  static Answer apply(Request request, Answer answer) throws IOException {
    String wanted = request.text("fields");
    String type = answer.headers().getOrDefault("Content-Type", "");
    if (wanted.isEmpty() || answer.status() != 200 || !type.startsWith("application/json")) {
      return answer;
    }
    if (request.text("alt").equals("media") || answer.headers().containsKey("ETag")) {
      return answer;
    }
    FieldMask mask = new FieldMask(wanted);
    Node all = new Node();
    mask.list(all);
    if (mask.at < wanted.length()) {
      throw mask.invalid();
    }
    String body = new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
    return Answer.json(200, Replies.toJson(all.of(JsonParser.parseString(body))));
  }

  private void list(Node into) {
    field(into);
    while (accept(',')) {
      field(into);
    }
  }

  private void field(Node into) {
    int from = at;
    while (at < text.length() && ",/()".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String name = text.substring(from, at).strip();
    if (name.isEmpty()) {
      throw invalid();
    }
    Node inner = into.fields.computeIfAbsent(name, none -> new Node());
    if (accept('/')) {
      field(inner);
    } else if (accept('(')) {
      list(inner);
      if (!accept(')')) {
        throw invalid();
      }
    }
  }

  private boolean accept(char expected) {
    boolean there = at < text.length() && text.charAt(at) == expected;
    at += there ? 1 : 0;
    return there;
  }

  private ApiException invalid() {
    return new ApiException(
        400, "invalidParameter", String.format(Locale.ROOT, "Invalid field selection %s", text));
  }
}
