package localcloud.monitoring;

import java.time.Duration;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A distribution of latencies, counted in buckets that grow by 1.4 from one millisecond on, so that
 * a percentile is the bound of a bucket, as it is at Google; the bounds are inferred. Not for
 * several threads.
 */
public final class Latencies {
  private static final double GROWTH = 1.4;

  private final NavigableMap<Integer, Long> buckets = new TreeMap<>();

  /** Counts one. */
  public void add(Duration latency) {
    double millis = Math.max(1, latency.toNanos() / 1e6);
    buckets.merge((int) Math.ceil(Math.log(millis) / Math.log(GROWTH)), 1L, Long::sum);
  }

  /** Counts all of the other. */
  public void add(Latencies other) {
    other.buckets.forEach((bucket, count) -> buckets.merge(bucket, count, Long::sum));
  }

  long count() {
    return buckets.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * The upper bound, in milliseconds, of the bucket that this percentile is in.
   *
   * @param percent from 0 to 100
   */
  double percentile(double percent) {
    long wanted = (long) Math.ceil(count() * percent / 100);
    long seen = 0;
    for (int bucket : buckets.keySet()) {
      seen += buckets.getOrDefault(bucket, 0L);
      if (seen >= wanted) {
        return Math.pow(GROWTH, bucket);
      }
    }
    return 0;
  }
}
