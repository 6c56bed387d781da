package localcloud.world.operations;

import java.time.Duration;
import java.util.Optional;
import localcloud.world.places.Scope;
import localcloud.world.refusals.OperationFailed;

/**
 * What stands in the way though the caller did nothing wrong. The world asks while it holds its
 * lock, so the answer comes at once; it asks once for each operation and each attempt.
 */
public interface Obstacles {
  /** Everything goes as it should. */
  Obstacles NONE =
      new Obstacles() {
        @Override
        public Detour operation(String method, Scope scope, String target) {
          return new Detour(Optional.empty(), Optional.empty());
        }

        @Override
        public Optional<OperationFailed> creation(Attempt attempt) {
          return Optional.empty();
        }
      };

  /**
   * How an operation that begins now is to go.
   *
   * @param method collection and verb, such as {@code images.insert}
   * @param target the resource's path, such as {@code projects/demo/global/images/a-1}
   */
  Detour operation(String method, Scope scope, String target);

  /** Why this attempt to make a machine of a group fails; empty if it does not. */
  Optional<OperationFailed> creation(Attempt attempt);

  /**
   * How an operation goes.
   *
   * @param takes how long instead of the usual time, in cloud time
   * @param failure its end, which then changes nothing
   */
  record Detour(Optional<Duration> takes, Optional<OperationFailed> failure) {}

  /**
   * One attempt to make one machine.
   *
   * @param instance the instance's name
   * @param zone where it is to be
   * @param group the group's name
   * @param template the name of the template of its version
   */
  record Attempt(String instance, Scope zone, String group, String template) {}
}
