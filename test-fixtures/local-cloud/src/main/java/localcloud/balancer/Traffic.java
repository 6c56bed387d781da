package localcloud.balancer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import localcloud.monitoring.Latencies;
import localcloud.monitoring.Metrics;

/** What passed the load balancer in the last hour, by the second of cloud time it ended in. */
public final class Traffic implements Metrics {
  private static final Duration KEPT = Duration.ofHours(1);

  private static final class Count {
    private final Map<String, Integer> answered = new TreeMap<>();
    private final Latencies latencies = new Latencies();
    private int failed;
  }

  private final InstantSource clock;
  private final NavigableMap<Instant, Count> seconds = new TreeMap<>();

  Traffic(InstantSource clock) {
    this.clock = clock;
  }

  /** The seconds from this instant on in which anything ended, oldest first. */
  public synchronized List<Second> since(Instant from) {
    return seconds.tailMap(from, true).entrySet().stream()
        .map(
            entry ->
                new Second(
                    entry.getKey(), Map.copyOf(entry.getValue().answered), entry.getValue().failed))
        .toList();
  }

  @Override
  public synchronized Minute minute(Instant start) {
    long answered = 0;
    long failed = 0;
    Latencies latencies = new Latencies();
    for (Count one : seconds.subMap(start, start.plus(1, ChronoUnit.MINUTES)).values()) {
      answered += one.answered.values().stream().mapToInt(Integer::intValue).sum();
      failed += one.failed;
      latencies.add(one.latencies);
    }
    return new Minute(answered, failed, latencies);
  }

  /**
   * Counts a request that ended well.
   *
   * @param took how long it took, in the system's time
   */
  synchronized void answered(String version, Duration took) {
    now().answered.merge(version, 1, Integer::sum);
    now().latencies.add(took);
  }

  /** Counts one that ended badly. */
  synchronized void failed(Duration took) {
    now().failed++;
    now().latencies.add(took);
  }

  private Count now() {
    Instant second = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    seconds.headMap(second.minus(KEPT)).clear();
    return seconds.computeIfAbsent(second, start -> new Count());
  }
}
