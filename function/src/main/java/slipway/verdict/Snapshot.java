package slipway.verdict;

import java.time.Instant;
import slipway.rollout.Group;
import slipway.rollout.Rollout;

/**
 * A group and its instances at one moment.
 *
 * @param rollout what it was patched to
 * @param group as it was then
 * @param tally of its instances
 * @param at when
 */
public record Snapshot(Rollout rollout, Group group, Tally tally, Instant at) {
  /** How many instances shall be of the new version. */
  int wanted() {
    return rollout.isWhole() ? group.targetSize() : group.wanted(rollout.template());
  }

  /**
   * Whether as many instances as shall be are of the new version and healthy, none of another is
   * left over, and the group does nothing more. That the patch is done says nothing of it: it only
   * means that the intent is stored.
   */
  boolean isComplete() {
    return group.reached()
        && group.stable()
        && (!rollout.isWhole() || tally.stale() == 0)
        && tally.healthyFresh() >= wanted();
  }
}
