package localcloud.monitoring;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.ToLongFunction;
import localcloud.monitoring.Metrics.Minute;
import localcloud.world.refusals.ApiException;

/**
 * {@code timeSeries.list} of the balancer's requests, by the class of their answer, as a rate or a
 * count of each minute; the latest point first, and none of a minute without such requests. Whole
 * minutes alone, and these two classes alone, are there.
 */
final class TimeSeries {
  private static final Duration MINUTE = Duration.ofSeconds(60);
  private static final String CLASS = "response_code_class";

  private TimeSeries() {}

  /**
   * Answers such a call.
   *
   * @throws ApiException 400 for a malformed interval; 501 for a metric or an aggregation that is
   *     not there
   */
  static JsonObject of(Map<String, String> query, Monitoring monitoring) {
    String text = query.getOrDefault("filter", "");
    MetricFilter filter = MetricFilter.of(text, monitoring.labels());
    boolean rate = require(query, "perSeriesAligner", "ALIGN_RATE|ALIGN_DELTA").endsWith("RATE");
    require(query, "alignmentPeriod", "60s");
    require(query, "crossSeriesReducer", "REDUCE_SUM");
    require(query, "groupByFields", "metric\\.labels?\\." + CLASS);
    if (!filter.counts()) {
      throw MetricFilter.missing(text);
    }
    JsonArray all = new JsonArray();
    if (filter.here() && !filter.failedOnly()) {
      add(all, "200", points(query, monitoring, new Kind(rate, Minute::answered)));
    }
    if (filter.here()) {
      add(all, "500", points(query, monitoring, new Kind(rate, Minute::failed)));
    }
    JsonObject answer = new JsonObject();
    if (!all.isEmpty()) {
      answer.add("timeSeries", all);
    }
    return answer;
  }

  private record Kind(boolean rate, ToLongFunction<Minute> count) {}

  private static String require(Map<String, String> query, String name, String pattern) {
    String value = query.getOrDefault("aggregation." + name, "");
    if (!value.matches(pattern)) {
      throw MetricFilter.missing("aggregation." + name + " " + value);
    }
    return value;
  }

  private static void add(JsonArray all, String code, JsonArray points) {
    if (points.isEmpty()) {
      return;
    }
    JsonObject labels = new JsonObject();
    labels.addProperty(CLASS, code);
    JsonObject metric = new JsonObject();
    metric.addProperty("type", "loadbalancing.googleapis.com/https/request_count");
    metric.add("labels", labels);
    JsonObject resource = new JsonObject();
    resource.addProperty("type", "https_lb_rule");
    resource.add("labels", new JsonObject());
    JsonObject series = new JsonObject();
    series.add("metric", metric);
    series.add("resource", resource);
    series.addProperty("metricKind", "GAUGE");
    series.addProperty("valueType", "DOUBLE");
    series.add("points", points);
    all.add(series);
  }

  private static JsonArray points(Map<String, String> query, Monitoring monitoring, Kind kind) {
    Instant end = minute(query, "interval.endTime");
    Instant first = minute(query, "interval.startTime");
    JsonArray points = new JsonArray();
    for (Instant start = end.minus(MINUTE); !start.isBefore(first); start = start.minus(MINUTE)) {
      long count = monitoring.visible(start).map(kind.count()::applyAsLong).orElse(0L);
      if (count > 0) {
        points.add(point(start, kind.rate() ? count / 60.0 : count));
      }
    }
    return points;
  }

  private static JsonObject point(Instant start, double value) {
    JsonObject interval = new JsonObject();
    interval.addProperty("startTime", start.toString());
    interval.addProperty("endTime", start.plus(MINUTE).toString());
    JsonObject typed = new JsonObject();
    typed.addProperty("doubleValue", value);
    JsonObject point = new JsonObject();
    point.add("interval", interval);
    point.add("value", typed);
    return point;
  }

  private static Instant minute(Map<String, String> query, String name) {
    try {
      long seconds = Instant.parse(query.getOrDefault(name, "")).getEpochSecond();
      return Instant.ofEpochSecond(seconds / 60 * 60);
    } catch (DateTimeException no) {
      throw new ApiException(400, "badRequest", "Field " + name + " had an invalid value");
    }
  }
}
