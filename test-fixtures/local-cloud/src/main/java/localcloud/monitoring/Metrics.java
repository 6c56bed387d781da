package localcloud.monitoring;

import java.time.Instant;

/** What is measured at the load balancer. */
@FunctionalInterface
public interface Metrics {
  /** What ended in the minute of cloud time that begins at this instant, which is over. */
  Minute minute(Instant start);

  /**
   * One minute.
   *
   * @param answered requests that ended well in it
   * @param failed those that ended with a 5xx, or broke off
   * @param latencies of all of them
   */
  record Minute(long answered, long failed, Latencies latencies) {}
}
