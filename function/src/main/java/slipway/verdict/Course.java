package slipway.verdict;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a rollout has gone so far: what the deadlines and the soak are counted from.
 *
 * @param startedAt from when the total deadline counts
 * @param progressAt when it last came nearer to its end
 * @param mostHealthy the most healthy new instances seen
 * @param fewestStale the fewest others seen
 * @param heldSince since when all are new and healthy; null while they are not
 */
record Course(
    Instant startedAt,
    Instant progressAt,
    int mostHealthy,
    int fewestStale,
    @Nullable Instant heldSince) {

  static Course startingAt(Instant startedAt, Instant now) {
    return new Course(startedAt, now, 0, Integer.MAX_VALUE, null);
  }

  /** The course after one more look. */
  Course after(Look look) {
    Tally seen = look.tally();
    Instant now = look.at();
    boolean nearer = seen.healthyFresh() > mostHealthy || seen.stale() < fewestStale;
    return new Course(
        startedAt,
        nearer ? now : progressAt,
        Math.max(mostHealthy, seen.healthyFresh()),
        Math.min(fewestStale, seen.stale()),
        look.isComplete() ? (heldSince == null ? now : heldSince) : null);
  }
}
