package page;

import static java.util.Comparator.comparing;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import page.Api.Answer;

/**
 * One record as far as it is known.
 *
 * @param name its object's
 * @param generation as it was listed, or read if that was later
 * @param fields what the list tells of it: {@code id}, {@code target}, {@code stage}, {@code open},
 *     {@code since}, {@code code}, {@code sha256} and {@code image}, each as far as there is one;
 *     empty of a record that an earlier version of the function wrote last
 * @param whole the record, or null until it was read
 * @param readGeneration which of its generations that was
 */
record RecordEntry(
    String name,
    long generation,
    JsonObject fields,
    @Nullable JsonObject whole,
    long readGeneration) {
  static final Comparator<RecordEntry> LATEST_FIRST =
      comparing(RecordEntry::generation).reversed().thenComparing(RecordEntry::name);

  private static final Pattern NAME = Pattern.compile("deployments/(.+)/([0-9]{1,18})\\.json");

  /** Larger ones are none. */
  private static final int LARGEST = 1 << 18;

  static RecordEntry listed(JsonObject item) {
    return new RecordEntry(
        Json.text(item, "name"),
        Long.parseLong(Json.text(item, "generation")),
        Json.object(item, "metadata"),
        null,
        0);
  }

  /** One of which only a marker tells. */
  static RecordEntry expected(String name) {
    return new RecordEntry(name, 0, new JsonObject(), null, 0);
  }

  /** What a later list tells, with what was read before. */
  RecordEntry newer(RecordEntry listed) {
    return listed.generation < generation
        ? this
        : new RecordEntry(name, listed.generation, listed.fields, whole, readGeneration);
  }

  RecordEntry read(Answer answer) {
    JsonObject record = parsed(answer.text());
    long now = Math.max(generation, answer.generation());
    // What is none of ours tells less than the list does.
    JsonObject told = record.has("stage") ? fieldsOf(record) : fields;
    return new RecordEntry(name, now, told, record, answer.generation());
  }

  private static JsonObject parsed(String text) {
    try {
      if (text.length() <= LARGEST) {
        return JsonParser.parseString(text).getAsJsonObject();
      }
    } catch (JsonParseException | IllegalStateException notARecord) {
      // Told below.
    }
    JsonObject unreadable = new JsonObject();
    unreadable.addProperty("unreadable", true);
    return unreadable;
  }

  /** As the list would tell them of it: see Records.Entry of the function. */
  private static JsonObject fieldsOf(JsonObject record) {
    JsonObject fields = new JsonObject();
    put(fields, "id", Json.text(record, "id"));
    put(fields, "target", Json.text(record, "target"));
    put(fields, "stage", Json.text(record, "stage"));
    boolean ended = !Json.text(record, "finishedAt").isEmpty();
    put(fields, "open", Boolean.toString(!ended && !Json.text(record, "stage").isEmpty()));
    put(fields, "since", Json.text(record, "stageAt"));
    put(fields, "code", Json.text(Json.object(record, "verdict"), "code"));
    put(fields, "sha256", Json.text(Json.object(record, "artifact"), "sha256"));
    put(fields, "image", Json.text(Json.object(record, "image"), "name"));
    return fields;
  }

  private static void put(JsonObject to, String key, String value) {
    if (!value.isEmpty()) {
      to.addProperty(key, value);
    }
  }

  /** Whether the list says what it is. */
  boolean isTold() {
    return fields.has("stage");
  }

  boolean isRead() {
    return whole != null;
  }

  boolean isUpToDate() {
    return whole != null && readGeneration >= generation;
  }

  boolean isOpen() {
    return Json.text(fields, "open").equals("true");
  }

  /** Whether its version was seen to serve well. */
  boolean isGood() {
    return field("stage").equals("deployed") && !field("code").equals("unseen");
  }

  String field(String key) {
    return Json.text(fields, key);
  }

  String object() {
    Matcher parts = NAME.matcher(name);
    return parts.matches() ? parts.group(1) : name;
  }

  /** The generation of what was uploaded, by which records of a target are in order. */
  long uploaded() {
    Matcher parts = NAME.matcher(name);
    return parts.matches() ? Long.parseLong(parts.group(2)) : 0;
  }

  /** Paths of its groups, if it was read. */
  List<String> groups() {
    List<String> paths = new ArrayList<>();
    for (JsonObject group : groupStates()) {
      paths.add(Json.text(group, "group"));
    }
    return paths;
  }

  /** Its groups as the record has them, if it was read. */
  List<JsonObject> groupStates() {
    return whole == null ? List.of() : Json.objects(whole, "groups");
  }

  /** The names of the templates that it met, and then of those that it made. */
  List<String> templates() {
    List<String> names = new ArrayList<>();
    for (String key : List.of("previousTemplate", "newTemplate")) {
      for (JsonObject group : groupStates()) {
        names.add(Json.last(Json.text(group, key)));
      }
    }
    return names;
  }

  /** The record, or as much of one as the list tells. */
  JsonObject cell() {
    if (whole != null) {
      return whole;
    }
    JsonObject upload = new JsonObject();
    upload.addProperty("object", object());
    upload.addProperty("generation", Long.toString(uploaded()));
    // A generation counts microseconds: seen everywhere, promised nowhere.
    upload.addProperty("timeCreated", Instant.EPOCH.plus(uploaded(), ChronoUnit.MICROS).toString());
    JsonObject verdict = new JsonObject();
    put(verdict, "code", field("code"));
    JsonObject record = new JsonObject();
    record.addProperty("brief", true);
    for (String key : List.of("id", "target", "stage")) {
      put(record, key, field(key));
    }
    record.add("upload", upload);
    record.add("verdict", verdict);
    put(record, "stageAt", field("since"));
    put(record, "finishedAt", isOpen() ? "" : field("since"));
    JsonObject artifact = new JsonObject();
    put(artifact, "sha256", field("sha256"));
    record.add("artifact", artifact);
    return record;
  }
}
