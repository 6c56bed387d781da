package slipway.verdict;

import java.util.List;
import java.util.Objects;
import slipway.rollout.Group;
import slipway.rollout.Instance;
import slipway.rollout.Instance.Health;
import slipway.settings.TemplatePath;

/**
 * A group's instances, counted.
 *
 * @param total all of them, also those being made or deleted
 * @param fresh those whose intended version is the new one
 * @param healthyFresh those of them that are up and healthy
 * @param unhealthyFresh those of them that fail their health check
 * @param recreatingFresh those of them that are being made anew, since they died or failed
 * @param others those whose intended version is another; an instance being deleted has none
 * @param lastError why one of them could not be made, or empty
 */
public record Tally(
    int total,
    int fresh,
    int healthyFresh,
    int unhealthyFresh,
    int recreatingFresh,
    int others,
    String lastError) {

  static Tally of(Group group, List<Instance> instances, TemplatePath template) {
    List<Instance> fresh =
        instances.stream().filter(one -> one.template().equals(template)).toList();
    long deleted =
        instances.stream().filter(one -> one.template().equals(TemplatePath.NONE)).count();
    return new Tally(
        instances.size(),
        fresh.size(),
        (int) fresh.stream().filter(one -> isHealthy(one, group.checked())).count(),
        (int) fresh.stream().filter(one -> one.health() == Health.UNHEALTHY).count(),
        (int) fresh.stream().filter(Instance::recreating).count(),
        instances.size() - fresh.size() - (int) deleted,
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
