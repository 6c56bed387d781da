package slipway.rollout;

import java.util.Optional;

/** Where the targets' states are kept. */
public interface TargetStates {
  /** The state of the target of this name; {@link TargetState#NEW} with generation 0 if none. */
  Stored find(String target);

  /**
   * Writes a state if it still is what was read.
   *
   * @param generation that was read; 0 if there was none
   * @return the state as it is stored now; empty if it was not what was read
   */
  Optional<Stored> save(String target, TargetState state, long generation);

  /**
   * The URL of the operator's hold, {@code targets/<target>.hold}, if it is there: it stops forward
   * moves, and permits going back.
   */
  Optional<String> hold(String target);

  /**
   * A state as it was read.
   *
   * @param state what it says
   * @param generation of its object, 0 if there is none
   */
  record Stored(TargetState state, long generation) {}
}
