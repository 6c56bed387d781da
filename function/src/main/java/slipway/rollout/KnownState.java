package slipway.rollout;

import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import slipway.rollout.TargetStates.Stored;

/**
 * A target's state as one call knows it: read once, and again only where it must be as it is now.
 * Who writes by what is known finds out whether it is so still.
 */
final class KnownState {
  /** How often other calls may write the state between our reading and our writing. */
  private static final int TRIES = 5;

  private final TargetStates states;
  private final String target;
  private @Nullable Stored known;

  KnownState(TargetStates states, String target) {
    this.states = states;
    this.target = target;
  }

  /** As it is now. */
  Stored read() {
    known = states.find(target);
    return known;
  }

  /** As this call read or wrote it last. */
  Stored stored() {
    return known == null ? read() : known;
  }

  /** Returns whether it was still what was read. */
  boolean save(TargetState next, Stored instead) {
    Optional<Stored> saved = states.save(target, next, instead.generation());
    saved.ifPresent(stored -> known = stored);
    return saved.isPresent();
  }

  /**
   * Writes the change of what is known, or else of what is there. That there is nothing to change
   * is believed of the present state alone.
   *
   * @return the state after it
   */
  TargetState change(UnaryOperator<TargetState> change) throws IOException {
    for (int tries = 0; tries <= TRIES; tries++) {
      Stored stored = tries == 0 ? stored() : read();
      TargetState next = change.apply(stored.state());
      boolean same = next.equals(stored.state());
      if (same ? tries > 0 : save(next, stored)) {
        return next;
      }
    }
    throw new IOException(
        "the state of " + target + " was written by other calls " + TRIES + " times in a row");
  }
}
