package slipway.record;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import slipway.artifact.Sha256;
import slipway.fault.Printable;
import slipway.image.ImageName;
import slipway.settings.AlertPolicyPath;
import slipway.settings.GroupPath;
import slipway.settings.TemplatePath;

/** The record's one JSON form. */
public final class RecordJson {
  private static final Gson GSON =
      new GsonBuilder()
          .registerTypeAdapter(Instant.class, text(Instant::parse))
          .registerTypeAdapter(GroupPath.class, text(path -> GroupPath.of(path).orElseThrow()))
          .registerTypeAdapter(
              AlertPolicyPath.class, text(path -> AlertPolicyPath.of(path).orElseThrow()))
          .registerTypeAdapter(ImageName.class, text(ImageName::new))
          .registerTypeAdapter(Sha256.class, text(Sha256::ofHex))
          .registerTypeAdapter(TemplatePath.class, text(TemplatePath::new))
          .serializeNulls()
          .disableHtmlEscaping()
          .setPrettyPrinting()
          .create();

  private RecordJson() {}

  /** As it is stored. */
  public static String write(Object record) {
    return Printable.json(GSON.toJson(record)) + "\n";
  }

  /** As it was stored; fields of a later version are passed over. */
  public static <T> T read(String json, Class<T> type) {
    return GSON.fromJson(json, type);
  }

  /** As it was stored; fields of a later version are passed over. */
  public static DeploymentRecord read(String json) {
    return read(json, DeploymentRecord.class);
  }

  /** The fields that are not null, as texts; none of them may have parts. */
  public static Map<String, String> fields(Object record) {
    return GSON.toJsonTree(record).getAsJsonObject().entrySet().stream()
        .filter(field -> !field.getValue().isJsonNull())
        .collect(Collectors.toMap(Map.Entry::getKey, field -> field.getValue().getAsString()));
  }

  /** What had these fields. */
  public static <T> T ofFields(Map<String, String> fields, Class<T> type) {
    return GSON.fromJson(GSON.toJsonTree(fields), type);
  }

  /** For a type whose {@code toString} is read by this again. */
  private static <T> TypeAdapter<T> text(Function<String, T> reading) {
    return new TypeAdapter<T>() {
      @Override
      public void write(JsonWriter out, T value) throws IOException {
        out.value(value.toString());
      }

      @Override
      public T read(JsonReader in) throws IOException {
        return reading.apply(in.nextString());
      }
    }.nullSafe();
  }
}
