package slipway.alarm;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How late a condition of an alert policy is met. */
final class Lag {
  /**
   * A load balancer's metrics are sampled every 60 s and may not be seen until 210 s after that:
   * https://cloud.google.com/monitoring/api/metrics_gcp. Alignment and duration come on top:
   * https://cloud.google.com/monitoring/alerts/concepts-indepth.
   */
  static final Duration VISIBLE = Duration.ofSeconds(60 + 210);

  /** {@code [5m]} and {@code [1h30m:1m]}, of which the first part is the range. */
  private static final Pattern RANGE = Pattern.compile("\\[([^\\]:]*)(?::[^\\]]*)?]");

  /** Whose brackets are no ranges. */
  private static final Pattern TEXT =
      Pattern.compile("\"(?:\\\\.|[^\"\\\\])*\"|'(?:\\\\.|[^'\\\\])*'|`[^`]*`");

  private static final Pattern PART = Pattern.compile("([0-9]+)(ms|[smhdwy])");
  private static final Pattern LENGTH = Pattern.compile("(?:[0-9]+(?:ms|[smhdwy]))+");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1),
          "w", Duration.ofDays(7),
          "y", Duration.ofDays(365));

  private Lag() {}

  /**
   * Of a condition on a threshold, on missing data, in PromQL, or on matching log entries; empty if
   * it is of another kind, or says what cannot be read.
   */
  static Optional<Duration> of(JsonObject condition) {
    try {
      if (condition.get("conditionThreshold") instanceof JsonObject threshold) {
        Duration alignment = alignment(threshold, "aggregations");
        Duration denominator = alignment(threshold, "denominatorAggregations");
        return Optional.of(
            VISIBLE.plus(longer(alignment, denominator)).plus(duration(threshold, "duration")));
      }
      if (condition.get("conditionAbsent") instanceof JsonObject absent) {
        Duration alignment = alignment(absent, "aggregations");
        return Optional.of(VISIBLE.plus(alignment).plus(duration(absent, "duration")));
      }
      if (condition.get("conditionPrometheusQueryLanguage") instanceof JsonObject promql) {
        return Optional.of(
            VISIBLE
                .plus(range(promql))
                .plus(duration(promql, "duration"))
                .plus(duration(promql, "evaluationInterval")));
      }
      return condition.has("conditionMatchedLog") ? Optional.of(VISIBLE) : Optional.empty();
    } catch (DateTimeException | ArithmeticException unreadable) {
      return Optional.empty();
    }
  }

  /** All of them: each aggregation works on what the one before it made. */
  private static Duration alignment(JsonObject condition, String key) {
    Stream<JsonElement> all =
        condition.get(key) instanceof JsonArray array ? array.asList().stream() : Stream.of();
    return all.map(one -> duration(one.getAsJsonObject(), "alignmentPeriod"))
        .reduce(Duration.ZERO, Duration::plus);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  /** JSON has {@code "300s"}, also with a fraction; nothing means none. */
  private static Duration duration(JsonObject json, String key) {
    return json.get(key) instanceof JsonPrimitive text
        ? Duration.parse("PT" + text.getAsString())
        : Duration.ZERO;
  }

  /** The longest range of a query: a rate over five minutes is late by so much. */
  private static Duration range(JsonObject promql) {
    String query = promql.get("query") instanceof JsonPrimitive text ? text.getAsString() : "";
    Duration longest = Duration.ZERO;
    Matcher ranges = RANGE.matcher(TEXT.matcher(query).replaceAll(""));
    while (ranges.find()) {
      longest = longer(longest, length(ranges.group(1).strip()));
    }
    return longest;
  }

  private static Duration length(String text) {
    if (!LENGTH.matcher(text).matches()) {
      throw new DateTimeException("no range of PromQL: " + text);
    }
    Duration whole = Duration.ZERO;
    Matcher parts = PART.matcher(text);
    while (parts.find()) {
      Duration unit = UNITS.getOrDefault(parts.group(2), Duration.ZERO);
      whole = whole.plus(unit.multipliedBy(Long.parseLong(parts.group(1))));
    }
    return whole;
  }
}
