package slipway.rollout;

/** Whether a group may be patched now. */
enum Preparation {
  /** The target is this deployment's, and what the group is about to get is noted. */
  READY,
  /** The group runs something else well: an earlier upload came to a good end meanwhile. */
  OUTDATED,
  /** Another call wrote the state since it was read. */
  CHANGED
}
