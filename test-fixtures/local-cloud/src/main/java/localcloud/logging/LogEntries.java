package localcloud.logging;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The last lines of the function, as entries of Cloud Logging: a line that is JSON becomes {@code
 * jsonPayload} without the fields that the platform knows, any other {@code textPayload}
 * (https://docs.cloud.google.com/logging/docs/structured-logging, "Special JSON fields").
 */
public final class LogEntries implements Consumer<String> {
  private static final int KEPT = 20_000;
  private static final String SPECIAL = "logging.googleapis.com/";

  private final String project;
  private final String service;
  private final InstantSource clock;
  private final Deque<JsonObject> entries = new ArrayDeque<>();
  private long count;

  /**
   * Begins without entries.
   *
   * @param service the function's name, which is its service's in Cloud Run
   */
  public LogEntries(String project, String service, InstantSource clock) {
    this.project = project;
    this.service = service;
    this.clock = clock;
  }

  @Override
  public void accept(String line) {
    JsonObject entry = entry(line);
    synchronized (this) {
      if (!entry.has("insertId")) {
        entry.addProperty("insertId", Long.toString(count, 36));
      }
      count++;
      entries.add(entry);
      if (entries.size() > KEPT) {
        entries.remove();
      }
    }
  }

  /** By their time, the oldest first. */
  synchronized List<JsonObject> all() {
    return entries.stream().sorted(Comparator.comparing(LogEntries::time)).toList();
  }

  static Instant time(JsonObject entry) {
    return Instant.parse(entry.get("timestamp").getAsString());
  }

  private JsonObject entry(String line) {
    JsonObject entry = new JsonObject();
    entry.addProperty("logName", "projects/" + project + "/logs/run.googleapis.com%2Fstdout");
    entry.add("resource", resource());
    entry.addProperty("timestamp", clock.instant().toString());
    entry.addProperty("receiveTimestamp", clock.instant().toString());
    @Nullable JsonObject payload = payload(line);
    if (payload == null) {
      entry.addProperty("textPayload", line);
      return entry;
    }
    move(payload, "severity", entry, "severity");
    for (String field : List.of("insertId", "labels", "operation", "sourceLocation", "trace")) {
      move(payload, SPECIAL + field, entry, field);
    }
    JsonElement time = payload.get("time");
    if (time != null && isTime(time)) {
      move(payload, "time", entry, "timestamp");
    }
    entry.add("jsonPayload", payload);
    return entry;
  }

  private JsonObject resource() {
    JsonObject labels = new JsonObject();
    labels.addProperty("project_id", project);
    labels.addProperty("service_name", service);
    JsonObject resource = new JsonObject();
    resource.addProperty("type", "cloud_run_revision");
    resource.add("labels", labels);
    return resource;
  }

  private static void move(JsonObject from, String key, JsonObject to, String name) {
    JsonElement value = from.remove(key);
    if (value != null) {
      to.add(name, value);
    }
  }

  private static boolean isTime(JsonElement value) {
    try {
      Instant.parse(value.getAsString());
      return true;
    } catch (DateTimeException | IllegalStateException | UnsupportedOperationException no) {
      return false;
    }
  }

  private static @Nullable JsonObject payload(String line) {
    try {
      return line.startsWith("{") ? JsonParser.parseString(line).getAsJsonObject() : null;
    } catch (JsonParseException | IllegalStateException text) {
      return null;
    }
  }
}
