package localcloud.events;

import java.time.Duration;
import java.time.Instant;

/**
 * How long the platform waits between deliveries, and how long it goes on: 10 s to 600 s, 24 hours
 * (docs.cloud.google.com/eventarc/docs/retry-events). That it doubles in between is assumed.
 */
final class BackOff {
  private static final Duration SHORTEST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofSeconds(600);
  private static final Duration RETENTION = Duration.ofHours(24);
  private static final int DOUBLINGS_TO_LONGEST = 6;

  private BackOff() {}

  /** The wait after this many failed deliveries, one or more. */
  static Duration after(int failures) {
    int doublings = Math.min(failures - 1, DOUBLINGS_TO_LONGEST);
    Duration wait = SHORTEST.multipliedBy(1L << doublings);
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }

  /** Whether an event of this age is no longer kept. */
  static boolean expired(Instant since, Instant now) {
    return Duration.between(since, now).compareTo(RETENTION) >= 0;
  }
}
