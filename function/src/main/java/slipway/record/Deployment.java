package slipway.record;

import java.util.Optional;
import slipway.record.Records.ChangedMeanwhile;
import slipway.rollout.Ownership;
import slipway.rollout.TargetStates;
import slipway.settings.Target;
import slipway.time.CallOver;
import slipway.time.CallTime;

/**
 * One deployment, while one call works on it.
 *
 * @param target where it goes
 * @param steps how far it has come
 * @param ending how it ends
 * @param hold whether an operator holds the target, as it was told
 * @param ownership its right to change the target's groups
 * @param time what the call has left
 */
public record Deployment(
    Target target, Steps steps, Ending ending, Hold hold, Ownership ownership, CallTime time) {

  /**
   * To be called before each move forward.
   *
   * @throws CallOver if an operator holds the target: a later call goes on once the hold is gone
   */
  public void requireNoHold() throws ChangedMeanwhile, CallOver {
    Optional<String> there = ownership.operatorsHold();
    if (there.isPresent()) {
      hold.met(there.get());
      throw CallOver.onHold(there.get());
    }
    hold.absent();
  }

  /** The deployment of this journal. */
  public static Deployment of(Journal journal, Target target, TargetStates states, CallTime time) {
    Steps steps = new Steps(journal);
    return new Deployment(
        target,
        steps,
        new Ending(journal),
        new Hold(journal),
        new Ownership(states, target.name(), steps.owner()),
        time);
  }
}
