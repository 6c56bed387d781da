package slipway.verdict;

import java.util.List;
import java.util.Objects;
import slipway.rollout.Instance;
import slipway.rollout.Instance.Health;

/**
 * A group's instances, counted.
 *
 * @param total all of them, also those being made or deleted
 * @param fresh those whose intended version is the new one
 * @param healthyFresh those of them that are up and healthy
 * @param others those whose intended version is another; an instance being deleted has none
 * @param lastError why one of them could not be made, or empty
 */
public record Tally(int total, int fresh, int healthyFresh, int others, String lastError) {

  static Tally of(Snapshot seen) {
    List<Instance> fresh = seen.instances().stream().filter(seen::isNew).toList();
    boolean checked = seen.group().policies().checked();
    return new Tally(
        seen.instances().size(),
        fresh.size(),
        (int) fresh.stream().filter(one -> isHealthy(one, checked)).count(),
        (int) seen.old().count(),
        fresh.stream().map(Instance::lastError).filter(Objects::nonNull).findFirst().orElse(""));
  }

  /** In a group without a health check, an instance that runs and is left alone has to do. */
  private static boolean isHealthy(Instance one, boolean checked) {
    return one.running() && one.settled() && (!checked || one.health() == Health.HEALTHY);
  }

  int stale() {
    return total - fresh;
  }
}
