package slipway.verdict;

import java.time.Instant;
import slipway.rollout.Group;

/**
 * One look at a group.
 *
 * @param group as it was then
 * @param tally of its instances
 * @param at when
 */
record Look(Group group, Tally tally, Instant at) {
  /**
   * Whether every instance is of the new version and healthy, as many as the group shall have, and
   * the group does nothing more. That the patch is done says nothing of it: it only means that the
   * intent is stored.
   */
  boolean isComplete() {
    return group.reached()
        && group.stable()
        && tally.stale() == 0
        && tally.healthyFresh() >= group.targetSize();
  }
}
