package slipway.upload;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code google.cloud.storage.object.v1.finalized}: the object resource. The name comes
 * from here and never from the event's subject, which Functions invoker 2.0.0 cuts at a comma.
 */
public final class FinalizeEvent {
  /**
   * Where Google's clients put the parts of a composite upload, by their sources: gsutil and
   * gcloud; Go's {@code tmpObjectPrefix} (google-cloud-go storage/pcu.go); Java's {@code
   * PartNamingStrategy} (java-storage ParallelCompositeUploadBlobWriteSessionConfig.java), random
   * key, object and range in any folder.
   */
  private static final Pattern PART =
      Pattern.compile(
          "/?(gsutil|gcloud)/tmp/parallel_composite_uploads/.*"
              + "|gcs-go-sdk-pu-tmp/.*"
              + "|(.*/)?[A-Za-z0-9_-]{22};.+;[0-9]+(-[0-9]+)?\\.part",
          Pattern.DOTALL);

  private FinalizeEvent() {}

  /**
   * Reads the event's data; 64-bit numbers may be strings, as the live service sends them, or JSON
   * numbers, as Google's examples show. No size is a size of 0: protobuf leaves a zero out.
   *
   * @throws IllegalArgumentException if it is no object resource: nobody's upload can be told of it
   */
  public static Upload read(byte[] data) {
    try {
      JsonObject object =
          JsonParser.parseString(new String(data, StandardCharsets.UTF_8)).getAsJsonObject();
      return new Upload(
          text(object, "bucket"),
          text(object, "name"),
          Long.parseLong(text(object, "generation")),
          Instant.parse(text(object, "timeCreated")),
          Long.parseLong(Objects.requireNonNullElse(optional(object, "size"), "0")),
          Objects.requireNonNullElse(optional(object, "crc32c"), ""),
          optional(object, "contentEncoding"),
          metadata(object));
    } catch (JsonParseException
        | IllegalStateException
        | NumberFormatException
        | DateTimeException e) {
      throw new IllegalArgumentException(
          "the finalize event's data: expected a Cloud Storage object resource with bucket, name,"
              + " generation and timeCreated; "
              + e.getMessage(),
          e);
    }
  }

  /** Whether the object is a part of a composite upload: the whole one has an event of its own. */
  public static boolean isPartOfComposite(String object) {
    return PART.matcher(object).matches();
  }

  /** Whether the object is the function's own note to itself, not somebody's upload. */
  public static boolean isHandoff(String object) {
    return object.startsWith("handoff/");
  }

  private static String text(JsonObject object, String key) {
    String value = optional(object, key);
    if (value == null) {
      throw new IllegalStateException(key + " is missing");
    }
    return value;
  }

  private static @Nullable String optional(JsonObject object, String key) {
    JsonElement value = object.get(key);
    return value instanceof JsonPrimitive primitive && !primitive.getAsString().isEmpty()
        ? primitive.getAsString()
        : null;
  }

  private static Map<String, String> metadata(JsonObject object) {
    return object.get("metadata") instanceof JsonObject metadata
        ? metadata.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().getAsString()))
        : Map.of();
  }
}
