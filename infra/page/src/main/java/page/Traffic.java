package page;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import page.Api.Answer;
import page.Api.Question;

/**
 * Requests at the load balancer, a cell {@code traffic/<start in ms>} each: of the local one for
 * each second of the system's time, since who watches counts in those, and there are as many of
 * them whatever the cloud's speed; otherwise a second's mean in each minute that Cloud Monitoring
 * has. Where there is neither, {@code traffic/none} says so.
 */
final class Traffic implements Source {
  private static final Duration SAMPLED = Duration.ofSeconds(60);

  /** Of Cloud Monitoring. */
  private static final int MINUTES = 60;

  private static final String COUNT =
      "metric.type=\"loadbalancing.googleapis.com/https/request_count\""
          + " AND resource.type=\"https_lb_rule\"";

  private final Settings settings;
  private Map<Long, JsonObject> cells = new TreeMap<>();
  private long end;
  private boolean asked;

  Traffic(Settings settings) {
    this.settings = settings;
  }

  @Override
  public String name() {
    return "traffic";
  }

  @Override
  public void begin() {
    asked = false;
  }

  @Override
  public boolean wants(Wishes wishes) {
    return !asked;
  }

  /** In milliseconds of the cloud's time. */
  static long width(Settings settings) {
    return isLocal(settings) ? 1000L * settings.speed() : SAMPLED.toMillis();
  }

  /** How many cells are shown: a rollout in a faster cloud takes a few seconds of the system's. */
  static int shown(Settings settings) {
    return !isLocal(settings) ? MINUTES : settings.speed() == 1 ? 120 : 30;
  }

  private static boolean isLocal(Settings settings) {
    return !settings.endpoints().traffic().isEmpty();
  }

  @Override
  public List<Question> ask(Wishes wishes, int most) {
    // The one under way would look like a fall.
    long width = width(settings);
    end = settings.clock().instant().toEpochMilli() / width * width;
    long start = end - shown(settings) * width;
    return List.of(
        isLocal(settings)
            ? Question.get(settings.endpoints().traffic() + "?since=" + start, "")
            : measured(start));
  }

  @Override
  public void take(List<Answer> answers) throws Trouble {
    JsonObject answer = answers.get(0).json();
    cells = isLocal(settings) ? local(answer) : measured(answer);
    asked = true;
  }

  private Map<Long, JsonObject> local(JsonObject answer) {
    Map<Long, JsonObject> found = new TreeMap<>();
    for (JsonObject second : Json.objects(answer, "seconds")) {
      long width = width(settings);
      long at = second.get("start").getAsLong() / width * width;
      if (at < end) {
        JsonObject cell = found.computeIfAbsent(at, none -> empty());
        JsonObject answered = Json.object(second, "answered");
        answered.keySet().forEach(key -> add(cell, key, answered.get(key).getAsDouble()));
        addFailed(cell, second.get("failed").getAsDouble());
      }
    }
    return found;
  }

  private Question measured(long start) {
    String url =
        settings.endpoints().monitoring()
            + ("/v3/projects/" + settings.project() + "/timeSeries")
            + ("?filter=" + Api.encoded(COUNT))
            + ("&interval.startTime=" + Instant.ofEpochMilli(start))
            + ("&interval.endTime=" + Instant.ofEpochMilli(end))
            + "&aggregation.alignmentPeriod=60s&aggregation.perSeriesAligner=ALIGN_RATE"
            + "&aggregation.crossSeriesReducer=REDUCE_SUM"
            + "&aggregation.groupByFields=metric.label.response_code_class";
    return Question.get(url, "monitoring.timeSeries.list");
  }

  private static Map<Long, JsonObject> measured(JsonObject answer) throws Trouble {
    Map<Long, JsonObject> found = new TreeMap<>();
    for (JsonObject series : Json.objects(answer, "timeSeries")) {
      JsonObject labels = Json.object(Json.object(series, "metric"), "labels");
      boolean failed = Json.text(labels, "response_code_class").startsWith("5");
      for (JsonObject point : Json.objects(series, "points")) {
        JsonObject cell = found.computeIfAbsent(minute(point), none -> empty());
        double rate = Json.object(point, "value").get("doubleValue").getAsDouble();
        if (failed) {
          addFailed(cell, rate);
        } else {
          add(cell, "", rate);
        }
      }
    }
    return found;
  }

  /** Whose end the point has. */
  private static long minute(JsonObject point) throws Trouble {
    String end = Json.text(Json.object(point, "interval"), "endTime");
    try {
      return Instant.parse(end).minus(SAMPLED).toEpochMilli();
    } catch (DateTimeParseException noTime) {
      throw Trouble.of("A point of Cloud Monitoring has no endTime: " + point);
    }
  }

  private static JsonObject empty() {
    JsonObject cell = new JsonObject();
    cell.add("answered", new JsonObject());
    cell.addProperty("failed", 0);
    return cell;
  }

  private static void add(JsonObject cell, String template, double count) {
    add(count, template, cell.getAsJsonObject("answered"));
  }

  private static void addFailed(JsonObject cell, double count) {
    add(count, "failed", cell);
  }

  /** Whole as they are, and rates to a tenth. */
  private static void add(double count, String key, JsonObject to) {
    double sum = count + (to.has(key) ? to.get(key).getAsDouble() : 0);
    if (sum == Math.rint(sum)) {
      to.addProperty(key, (long) sum);
    } else {
      to.addProperty(key, Math.round(sum * 10) / 10.0);
    }
  }

  @Override
  public void fill(Wishes wishes, Map<String, JsonObject> found) {
    cells.forEach((start, cell) -> found.put("traffic/" + start, cell));
    if (cells.isEmpty() && asked && !isLocal(settings)) {
      JsonObject none = new JsonObject();
      none.addProperty(
          "why",
          "Cloud Monitoring has counted no request of an HTTP load balancer of "
              + settings.project()
              + " in the last hour.");
      found.put("traffic/none", none);
    }
  }
}
