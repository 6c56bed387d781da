package slipway.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import slipway.rollout.Group;
import slipway.rollout.Rollout;

/**
 * When a watch looks at a group. A group calls nobody when it is good, so it is asked seldom while
 * its machines cannot be up yet, and once a second when they should be: by what it took the last
 * time. Reads cost nothing but quota, of which a watch takes at most 30 requests a minute.
 */
final class LookTimes {
  private static final Duration OFTEN = Duration.ofSeconds(1);
  private static final Duration SOMETIMES = Duration.ofSeconds(4);
  private static final Duration SELDOM = Duration.ofSeconds(10);

  /** What is not known better begins and ends within a minute, if its check leaves it no more. */
  private static final Duration MINUTE = Duration.ofSeconds(60);

  /** How much sooner or later than the last time is usual: a part of it, and this much. */
  private static final Duration SOONER = Duration.ofSeconds(2);

  private static final Duration LATER = Duration.ofSeconds(5);

  /** How many of the first minute's requests may be sent at once; the others come with its time. */
  private static final int AT_ONCE = 15;

  private final Duration soak;
  private final @Nullable Duration usual;
  private final Instant begun;
  private Duration initialDelay = Duration.ZERO;
  private int requests;
  private @Nullable Instant instancesAt;

  /**
   * Of a watch that begins now.
   *
   * @param usual how long the group took the last time from its patch until all were well
   */
  LookTimes(Rollout rollout, Optional<Duration> usual, Instant now) {
    this.soak = rollout.deadlines().soak();
    this.usual = usual.orElse(null);
    this.begun = now;
  }

  /** Until the next look; a soak's last look is at its end. */
  Duration untilNext(Progress progress, Instant now) {
    Duration wait = longer(wished(progress, now), untilAllowed(now));
    Instant healthy = progress.healthySince();
    if (healthy == null) {
      return wait;
    }
    Duration left = Duration.between(now, healthy.plus(soak));
    return left.isZero() || left.isNegative() ? wait : shorter(wait, left);
  }

  private Duration wished(Progress progress, Instant now) {
    if (progress.healthySince() != null || progress.lostSince() != null) {
      return SOMETIMES;
    }
    Instant patched = progress.startedAt();
    if (usual == null) {
      return now.isBefore(patched.plus(longer(initialDelay, MINUTE))) ? OFTEN : SOMETIMES;
    }
    Instant from = patched.plus(usual.multipliedBy(3).dividedBy(4)).minus(SOONER);
    if (now.isBefore(from)) {
      return longer(OFTEN, shorter(SELDOM, Duration.between(now, from)));
    }
    Instant until = patched.plus(usual.multipliedBy(3).dividedBy(2)).plus(LATER);
    return now.isBefore(until) ? OFTEN : SOMETIMES;
  }

  /** The n-th request may be sent after 2n seconds, the first ones sooner. */
  private Duration untilAllowed(Instant now) {
    int next = requests + 1;
    int seconds = Math.min(2 * next, 4 * Math.max(0, next - AT_ONCE));
    return Duration.between(now, begun.plusSeconds(seconds));
  }

  /**
   * The group was read. Whether its instances must be, too: it says itself that it has reached its
   * version and is stable, but of their health it says nothing.
   */
  boolean needsInstances(Group group, Progress progress, Instant now) {
    requests++;
    initialDelay = group.policies().initialDelay();
    Baseline before = progress.baseline();
    boolean still = group.stable() || before != null && before.ill() > 0;
    return group.reached() && still
        || progress.healthySince() != null
        || progress.lostSince() != null
        || instancesAt == null
        || !now.isBefore(instancesAt.plus(SELDOM));
  }

  /** The instances are read. */
  void instancesRead(Instant now) {
    requests++;
    instancesAt = now;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
