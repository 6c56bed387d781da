package slipway.rollout;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import slipway.artifact.Sha256;
import slipway.settings.TemplatePath;

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
   * Changes a state as it is now, whoever writes it meanwhile.
   *
   * @throws IOException if other calls write it each time
   */
  default void change(String target, UnaryOperator<TargetState> change) throws IOException {
    new KnownState(this, target).change(change);
  }

  /** The names of all targets that have a state. */
  Set<String> names();

  /**
   * The templates that the states of these targets name, and that another target's deployment may
   * have made. One list tells them, however many targets there are.
   */
  Set<TemplatePath> borrowed(Set<String> targets);

  /**
   * Whether this tarball turned out bad in a deployment to the target, and nobody insisted since.
   */
  boolean isBlocked(String target, Sha256 digest);

  /** Refuses this tarball from now on, or no longer; twice is as good as once. */
  void block(String target, Sha256 digest, boolean blocked);

  /**
   * A state as it was read.
   *
   * @param state what it says
   * @param generation of its object, 0 if there is none
   */
  record Stored(TargetState state, long generation) {}
}
