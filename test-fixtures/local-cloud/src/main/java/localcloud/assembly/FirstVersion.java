package localcloud.assembly;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import localcloud.clock.CloudClock;
import localcloud.clock.RunningClock;

/** Waits until the group is at rest and every instance serves. */
public final class FirstVersion {
  private static final Duration POLL = Duration.ofMillis(200);

  private final ComputeClient compute;
  private final CloudClock cloud;

  /** The group to ask for, and whose time a limit is. */
  public FirstVersion(ComputeClient compute, CloudClock cloud) {
    this.compute = compute;
    this.cloud = cloud;
  }

  /**
   * Returns the group as it stands then.
   *
   * @param limit in cloud time
   */
  public GroupState await(Duration limit) throws IOException, InterruptedException {
    CloudClock system = RunningClock.startingNow(1);
    Instant until = cloud.instant().plus(limit);
    GroupState group = compute.group();
    while (!atRest(group)) {
      if (cloud.instant().isAfter(until)) {
        throw CommandFault.failed(
            "%s is not at rest after %d s of cloud time: %s",
            Names.GROUP, limit.toSeconds(), group.instances());
      }
      system.sleepUntil(system.instant().plus(POLL));
      group = compute.group();
    }
    return group;
  }

  private static boolean atRest(GroupState group) {
    return group.stable()
        && group.reached()
        && group.instances().size() == Names.GROUP_SIZE
        && group.instances().stream().allMatch(GroupState.Instance::serves);
  }
}
