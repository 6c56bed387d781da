package localcloud.balancer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What passed the load balancer in the last hour, by the second of cloud time it ended in. */
public final class Traffic {
  private static final Duration KEPT = Duration.ofHours(1);

  private static final class Count {
    private final Map<String, Integer> answered = new TreeMap<>();
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

  synchronized void answered(String version) {
    now().answered.merge(version, 1, Integer::sum);
  }

  synchronized void failed() {
    now().failed++;
  }

  private Count now() {
    Instant second = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    seconds.headMap(second.minus(KEPT)).clear();
    return seconds.computeIfAbsent(second, start -> new Count());
  }
}
