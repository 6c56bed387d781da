package localcloud.world.operations;

import java.time.Duration;

/**
 * How long Compute Engine takes, in cloud time. Google promises none of these; the figures are
 * inferred from everyday use of small machines and are round on purpose.
 *
 * @param imageImport from images.insert to READY, however large the tarball
 * @param change any other operation on a resource: templates, patches, deprecation, health checks
 * @param machineStart from the decision to create a machine until it is RUNNING
 * @param machineStop from the decision to delete a machine until it is gone
 * @param creationRetry from a failed creation until the next attempt, without end
 *     (InstanceGroupManagerActionsSummary.creating: "If the group fails to create any of these
 *     instances, it tries again until it creates the instance successfully")
 * @param watch how often a group looks whether a running machine has ended by itself
 */
public record Pace(
    Duration imageImport,
    Duration change,
    Duration machineStart,
    Duration machineStop,
    Duration creationRetry,
    Duration watch) {

  /** 30 s, 1 s, 20 s, 10 s, 20 s and 5 s. */
  public static Pace usual() {
    return new Pace(
        Duration.ofSeconds(30),
        Duration.ofSeconds(1),
        Duration.ofSeconds(20),
        Duration.ofSeconds(10),
        Duration.ofSeconds(20),
        Duration.ofSeconds(5));
  }
}
