package page;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import page.Api.Answer;
import page.Api.Question;

/**
 * The function's lines that tell of a deployment, each in a cell {@code log/<number>}; the last
 * thousand of them, from Cloud Logging's {@code entries.list}.
 */
final class LogLines implements Source {
  private static final int KEPT = 1000;

  /** A stack trace says enough in as many characters. */
  private static final int LONGEST_MESSAGE = 4000;

  /** So far back is looked at first. */
  private static final Duration FIRST = Duration.ofDays(7);

  /** An entry may be there later than one of a later time. */
  private static final Duration LATE = Duration.ofSeconds(30);

  private record Line(long number, String id, JsonObject cell) {}

  private final Settings settings;
  private final Deque<Line> lines = new ArrayDeque<>();
  private final Set<String> ids = new HashSet<>();
  private Instant latest = Instant.MIN;
  private long count;
  private boolean asked;

  LogLines(Settings settings) {
    this.settings = settings;
  }

  @Override
  public String name() {
    return "log";
  }

  @Override
  public void begin() {
    asked = false;
  }

  @Override
  public boolean wants(Wishes wishes) {
    return !asked;
  }

  @Override
  public List<Question> ask(Wishes wishes, int most) {
    Instant from =
        latest.equals(Instant.MIN) ? settings.clock().instant().minus(FIRST) : latest.minus(LATE);
    JsonArray projects = new JsonArray();
    projects.add("projects/" + settings.project());
    JsonObject body = new JsonObject();
    body.add("resourceNames", projects);
    body.addProperty(
        "filter",
        "resource.type=\"cloud_run_revision\""
            + (" AND resource.labels.service_name=\"" + settings.function() + "\"")
            + " AND jsonPayload.event:*"
            + (" AND timestamp>=\"" + from + "\""));
    body.addProperty("orderBy", "timestamp desc");
    body.addProperty("pageSize", KEPT);
    String url = settings.endpoints().logging() + "/v2/entries:list";
    return List.of(new Question(url, body, "logging.logEntries.list"));
  }

  @Override
  public void take(List<Answer> answers) throws Trouble {
    asked = true;
    List<JsonObject> entries = new ArrayList<>(Json.objects(answers.get(0).json(), "entries"));
    Collections.reverse(entries);
    entries.forEach(this::keep);
  }

  private void keep(JsonObject entry) {
    String id = Json.text(entry, "timestamp") + " " + Json.text(entry, "insertId");
    JsonObject cell = cell(entry);
    if (!ids.add(id) || !cell.has("deployment") && !cell.has("object")) {
      return;
    }
    latest = later(latest, Json.text(entry, "timestamp"));
    lines.add(new Line(count++, id, cell));
    if (lines.size() > KEPT) {
      ids.remove(lines.remove().id());
    }
  }

  private static Instant later(Instant one, String other) {
    try {
      Instant time = Instant.parse(other);
      return time.isAfter(one) ? time : one;
    } catch (DateTimeParseException noTime) {
      return one;
    }
  }

  private static JsonObject cell(JsonObject entry) {
    JsonObject payload = Json.object(entry, "jsonPayload");
    JsonObject cell = new JsonObject();
    put(cell, "time", Json.text(entry, "timestamp"));
    put(cell, "severity", Json.text(entry, "severity"));
    for (String key : List.of("event", "object", "generation")) {
      put(cell, key, Json.text(payload, key));
    }
    put(cell, "deployment", Json.text(Json.object(entry, "operation"), "id"));
    String message = Json.text(payload, "message");
    cell.addProperty("message", message.substring(0, Math.min(message.length(), LONGEST_MESSAGE)));
    return cell;
  }

  private static void put(JsonObject cell, String key, String value) {
    if (!value.isEmpty()) {
      cell.addProperty(key, value);
    }
  }

  @Override
  public void fill(Wishes wishes, Map<String, JsonObject> cells) {
    lines.forEach(line -> cells.put("log/" + line.number(), line.cell()));
  }
}
