package localcloud.monitoring;

import com.google.monitoring.v3.Aggregation;
import com.google.monitoring.v3.AlertPolicy;
import com.google.monitoring.v3.AlertPolicy.Condition.MetricThreshold;
import com.google.monitoring.v3.ComparisonType;
import com.google.protobuf.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import localcloud.monitoring.Metrics.Minute;
import localcloud.world.refusals.ApiException;

/** A condition on a threshold: what it reads, and whether that is met. */
final class Condition {
  private static final Pattern PERCENTILE = Pattern.compile("(?:ALIGN|REDUCE)_PERCENTILE_(\\d\\d)");

  /** What a condition is at one moment. */
  enum Truth {
    MET,
    NOT_MET,
    /** There is no data, so that what was stays. */
    UNKNOWN
  }

  private final MetricThreshold threshold;
  private final MetricFilter filter;
  private final MetricFilter denominator;

  private Condition(MetricThreshold threshold, MetricFilter filter, MetricFilter denominator) {
    this.threshold = threshold;
    this.filter = filter;
    this.denominator = denominator;
  }

  /**
   * Reads it.
   *
   * @param index its place among the policy's, for messages
   * @param labels of the balancer's resource
   * @throws ApiException if Google refuses it, or it is of a kind that is not there
   */
  static Condition of(AlertPolicy.Condition condition, int index, Map<String, String> labels) {
    if (!condition.hasConditionThreshold()) {
      throw MetricFilter.missing(String.valueOf(condition.getConditionCase()));
    }
    MetricThreshold threshold = condition.getConditionThreshold();
    String at = "Field alert_policy.conditions[" + index + "].condition_threshold.";
    boolean compares =
        threshold.getComparison() == ComparisonType.COMPARISON_GT
            || threshold.getComparison() == ComparisonType.COMPARISON_LT;
    if (!compares || threshold.hasForecastOptions()) {
      throw MetricFilter.missing(threshold.getComparison() + " or a forecast");
    }
    requireMinutes(at + "duration", threshold.getDuration());
    if (threshold.getDuration().getSeconds() == 0
        && threshold.getEvaluationMissingDataValue() != 0) {
      throw new ApiException(
          400,
          "badRequest",
          at
              + "evaluation_missing_data had an invalid value of \""
              + threshold.getEvaluationMissingData()
              + "\": Conditions setting evaluation_missing_data must have a non-zero duration.");
    }
    String below = threshold.getDenominatorFilter();
    MetricFilter filter = MetricFilter.of(threshold.getFilter(), labels);
    Condition made =
        new Condition(threshold, filter, below.isEmpty() ? filter : MetricFilter.of(below, labels));
    made.aggregation();
    return made;
  }

  private static void requireMinutes(String field, Duration duration) {
    if (duration.getSeconds() % 60 != 0 || duration.getNanos() != 0 || duration.getSeconds() < 0) {
      throw new ApiException(
          400,
          "badRequest",
          field
              + " had an invalid value of \""
              + duration.getSeconds()
              + "s\": must be a multiple of one minute.");
    }
  }

  private boolean isRatio() {
    return !threshold.getDenominatorFilter().isEmpty();
  }

  /** How many minutes are aligned to one value. */
  int alignedMinutes() {
    return (int) Math.max(1, aggregation().getAlignmentPeriod().getSeconds() / 60);
  }

  /** How many minutes in a row the condition must be met, besides the last. */
  int lastingMinutes() {
    return (int) (threshold.getDuration().getSeconds() / 60);
  }

  private Aggregation aggregation() {
    if (threshold.getAggregationsCount() != 1) {
      throw MetricFilter.missing(threshold.getAggregationsCount() + " aggregations");
    }
    Aggregation aggregation = threshold.getAggregations(0);
    requireMinutes("Field aggregations[0].alignment_period", aggregation.getAlignmentPeriod());
    String how = aggregation.getPerSeriesAligner() + " and " + aggregation.getCrossSeriesReducer();
    boolean known =
        filter.counts()
            ? how.matches("ALIGN_(RATE|DELTA|SUM) and REDUCE_SUM")
            : !isRatio() && PERCENTILE.matcher(how).find();
    if (!known) {
      throw MetricFilter.missing(how);
    }
    return aggregation;
  }

  /** Of the minutes that are aligned to one value, the last of which is the one that counts. */
  Truth of(List<Minute> minutes) {
    OptionalDouble value = value(minutes);
    if (value.isEmpty()) {
      return switch (threshold.getEvaluationMissingData()) {
        case EVALUATION_MISSING_DATA_INACTIVE -> Truth.NOT_MET;
        case EVALUATION_MISSING_DATA_ACTIVE -> Truth.MET;
        default -> Truth.UNKNOWN;
      };
    }
    double limit = threshold.getThresholdValue();
    boolean greater = threshold.getComparison() == ComparisonType.COMPARISON_GT;
    boolean met = greater ? value.getAsDouble() > limit : value.getAsDouble() < limit;
    return met ? Truth.MET : Truth.NOT_MET;
  }

  /** Empty if there is no point: a series has none of a minute in which nothing was counted. */
  private OptionalDouble value(List<Minute> minutes) {
    if (!filter.counts()) {
      return percentile(minutes);
    }
    long counted = minutes.stream().mapToLong(filter::count).sum();
    long whole = minutes.stream().mapToLong(denominator::count).sum();
    if (counted == 0 || whole == 0) {
      return OptionalDouble.empty();
    }
    if (isRatio()) {
      return OptionalDouble.of((double) counted / whole);
    }
    boolean rate = aggregation().getPerSeriesAligner() == Aggregation.Aligner.ALIGN_RATE;
    return OptionalDouble.of(rate ? counted / (60.0 * minutes.size()) : counted);
  }

  private OptionalDouble percentile(List<Minute> minutes) {
    Latencies all = new Latencies();
    minutes.forEach(minute -> all.add(minute.latencies()));
    Aggregation aggregation = aggregation();
    String how = aggregation.getPerSeriesAligner() + " " + aggregation.getCrossSeriesReducer();
    Matcher percent = PERCENTILE.matcher(how);
    return filter.here() && all.count() > 0 && percent.find()
        ? OptionalDouble.of(all.percentile(Integer.parseInt(percent.group(1))))
        : OptionalDouble.empty();
  }
}
