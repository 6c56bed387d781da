package localcloud.http;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the policy document of a form allows (Google's page "POST Object"); its signature is not
 * checked. The sentences are those of fog/fog-google#195, googleapis/google-cloud-java#7292,
 * googleapis/nodejs-storage#2083 and, for sizes, Shopify/cli; that of an expired policy is
 * inferred.
 */
final class PostPolicy {
  /** Fields that no condition needs to name. */
  private static final Set<String> FREE =
      Set.of("bucket", "file", "googleaccessid", "policy", "signature", "x-goog-signature");

  private final Map<String, String> fields;
  private final Set<String> unnamed = new TreeSet<>();
  private long least;
  private long most = Long.MAX_VALUE;

  private PostPolicy(Map<String, String> fields) {
    this.fields = fields;
    fields.keySet().stream()
        .filter(name -> !FREE.contains(name) && !name.startsWith("x-ignore-"))
        .forEach(unnamed::add);
  }

  /**
   * Reads the policy of these fields and refuses what it does not allow.
   *
   * @param fields by their names in small letters, with the bucket's
   */
  static PostPolicy check(Map<String, String> fields, Instant now) {
    PostPolicy policy = new PostPolicy(fields);
    if (!fields.containsKey("policy")) {
      throw missing();
    }
    try {
      byte[] document = Base64.getDecoder().decode(fields.get("policy"));
      JsonObject said =
          JsonParser.parseString(new String(document, StandardCharsets.UTF_8)).getAsJsonObject();
      if (!said.has("expiration") || !said.has("conditions")) {
        throw refused("Policy document parsing error: expiration and conditions are needed");
      }
      Instant end = OffsetDateTime.parse(said.get("expiration").getAsString()).toInstant();
      if (!now.isBefore(end)) {
        throw refused("Policy has expired: " + end);
      }
      said.getAsJsonArray("conditions").forEach(policy::hold);
    } catch (IllegalArgumentException
        | IllegalStateException
        | JsonParseException
        | DateTimeException no) {
      throw refused("Policy document parsing error: " + no.getMessage());
    }
    if (!policy.unnamed.isEmpty()) {
      throw refused("Policy did not reference these fields: " + String.join(", ", policy.unnamed));
    }
    return policy;
  }

  private void hold(JsonElement condition) {
    if (condition.isJsonObject()) {
      condition
          .getAsJsonObject()
          .entrySet()
          .forEach(one -> expect(condition, one.getKey(), one.getValue().getAsString(), true));
      return;
    }
    JsonArray words = condition.getAsJsonArray();
    String kind = words.size() == 3 ? words.get(0).getAsString() : "";
    switch (kind) {
      case "content-length-range" -> {
        least = words.get(1).getAsLong();
        most = words.get(2).getAsLong();
      }
      case "eq", "starts-with" ->
          expect(
              condition,
              words.get(1).getAsString().replaceFirst("^[$]", ""),
              words.get(2).getAsString(),
              kind.equals("eq"));
      default -> throw refused("Policy document parsing error: " + condition);
    }
  }

  private void expect(JsonElement condition, String field, String value, boolean whole) {
    String name = field.toLowerCase(Locale.ROOT);
    String found = fields.getOrDefault(name, "");
    unnamed.remove(name);
    if (whole ? !found.equals(value) : !found.startsWith(value)) {
      throw refused("Failed condition: " + condition);
    }
  }

  /** Refuses content of another size than the policy allows. */
  void checkSize(long bytes) {
    if (bytes > most) {
      throw new XmlRefusal(
          400,
          "EntityTooLarge",
          "Your proposed upload is larger than the maximum object size specified in your Policy"
              + " Document.",
          "Content-length exceeds upper bound on range");
    }
    if (bytes < least) {
      throw new XmlRefusal(
          400,
          "EntityTooSmall",
          "Your proposed upload is smaller than the minimum object size specified in your Policy"
              + " Document.",
          "Content-length smaller than lower bound on range");
    }
  }

  /** What a POST is told that is no form, and no beginning of an upload. */
  static XmlRefusal missing() {
    return refused("Missing policy");
  }

  private static XmlRefusal refused(String details) {
    return new XmlRefusal(
        400,
        "InvalidPolicyDocument",
        "The content of the form does not meet the conditions specified in the policy document.",
        details);
  }
}
