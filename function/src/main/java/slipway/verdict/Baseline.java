package slipway.verdict;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import slipway.rollout.Group;
import slipway.rollout.Instance;

/**
 * How a group was before the new version came, and how the old one does beside it: what happens to
 * both alike is the place's fault.
 *
 * @param size how many instances it was to have
 * @param checked whether it had an autohealing health check
 * @param old how many ran another version at the last look at which any did
 * @param ill how many of these failed their check, had not passed it yet, or were being made anew
 * @param illUntil when fewer than half of them began to be ill; null if there were never more
 */
public record Baseline(int size, boolean checked, int old, int ill, @Nullable Instant illUntil) {

  static Baseline of(Snapshot before) {
    Group group = before.group();
    Baseline none = new Baseline(group.targetSize(), group.policies().checked(), 0, 0, null);
    return none.after(before);
  }

  /** The same for another step of the same rollout: what was there first counts. */
  public Baseline following(@Nullable Progress earlier) {
    Baseline first = earlier == null ? null : earlier.baseline();
    return first == null ? this : new Baseline(first.size, first.checked, old, ill, illUntil);
  }

  /** As of one more look; without old instances it stays what it was. */
  Baseline after(Snapshot seen) {
    int others = seen.tally().others();
    if (others == 0 || seen.rollout().isBack()) {
      return this;
    }
    int failing = (int) seen.old().filter(Baseline::isIll).count();
    Baseline next = new Baseline(size, checked, others, failing, illUntil);
    return isIll() && !next.isIll()
        ? new Baseline(size, checked, others, failing, seen.at())
        : next;
  }

  /**
   * One that a group heals over and over fails its check for only a part of the time: until then
   * nothing is known of it.
   */
  private static boolean isIll(Instance one) {
    return switch (one.action()) {
      case RECREATING, VERIFYING -> true;
      default -> one.failsCheck();
    };
  }

  /** Whether the old version fails in at least half of its instances. */
  public boolean isIll() {
    return old > 0 && 2 * ill >= old;
  }

  /** Whether it does, or did less than this long ago. */
  boolean wasIll(Instant now, Duration ago) {
    return isIll() || illUntil != null && now.isBefore(illUntil.plus(ago));
  }

  /** How many of so many instances must be healthy for the group to be as it was. */
  int healthyOf(int wanted) {
    return old == 0 ? wanted : wanted * (old - ill) / old;
  }
}
