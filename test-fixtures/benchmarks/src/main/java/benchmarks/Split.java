package benchmarks;

import java.util.List;

/**
 * A deployment without what the cloud takes, in seconds: the deployer's own share.
 *
 * @param before from the finalize event to the patch that starts the rollout
 * @param unseen from the group's being good to the answer that tells it
 * @param after from there to the written record
 * @param cloud what the cloud's operations take meanwhile, which is in none of the others
 */
record Split(double before, double unseen, double after, double cloud) {
  /** Takes the operations out of these. */
  static Split of(Interval before, Interval unseen, Interval after, List<Interval> operations) {
    double cloudBefore = before.secondsIn(operations);
    double cloudAfter = after.secondsIn(operations);
    return new Split(
        before.seconds() - cloudBefore,
        unseen.seconds(),
        after.seconds() - cloudAfter,
        cloudBefore + cloudAfter);
  }

  double share() {
    return before + unseen + after;
  }
}
