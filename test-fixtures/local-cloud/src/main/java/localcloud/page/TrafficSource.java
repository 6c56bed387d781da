package localcloud.page;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The requests that the load balancer took. */
@FunctionalInterface
public interface TrafficSource {
  /** Its seconds from this instant on, by time; those without a request may be missing. */
  List<Second> since(Instant start);

  /**
   * One second of cloud time.
   *
   * @param start when it began, in cloud time
   * @param answered how many requests were answered well, by the template of who answered
   * @param failed how many were not
   */
  record Second(Instant start, Map<String, Integer> answered, int failed) {}
}
