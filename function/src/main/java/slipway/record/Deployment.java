package slipway.record;

import slipway.rollout.Ownership;
import slipway.rollout.TargetStates;
import slipway.settings.Target;
import slipway.time.CallTime;

/**
 * One deployment, while one call works on it.
 *
 * @param target where it goes
 * @param steps how far it has come
 * @param ending how it ends
 * @param ownership its right to change the target's groups
 * @param time what the call has left
 */
public record Deployment(
    Target target, Steps steps, Ending ending, Ownership ownership, CallTime time) {

  /** The deployment of this journal. */
  public static Deployment of(Journal journal, Target target, TargetStates states, CallTime time) {
    Steps steps = new Steps(journal);
    return new Deployment(
        target,
        steps,
        new Ending(journal),
        new Ownership(states, target.name(), steps.owner()),
        time);
  }
}
