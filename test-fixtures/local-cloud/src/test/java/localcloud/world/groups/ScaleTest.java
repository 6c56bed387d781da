package localcloud.world.groups;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static localcloud.world.TestWorld.GOOD;
import static localcloud.world.TestWorld.GROUP;
import static localcloud.world.TestWorld.asked;
import static localcloud.world.TestWorld.of;
import static localcloud.world.TestWorld.percent;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.compute.v1.InstanceGroupManager;
import com.google.cloud.compute.v1.ManagedInstance;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import localcloud.clock.RunningClock;
import localcloud.world.TestWorld;
import localcloud.world.places.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As many instances as a group may have, replaced completely. */
class ScaleTest {
  private static final Scope REGION = Scope.region("us-west1");
  private static final int MOST = 1000;

  @TempDir Path folder;

  @Test
  void replacesAThousandInstancesAndServesWithAllOfThemMeanwhile() throws Exception {
    TestWorld test = new TestWorld(folder);
    test.version("a", GOOD);
    test.version("b", GOOD);
    test.check();
    InstanceGroupManager.Builder asked = asked("a", MOST).toBuilder();
    asked.getUpdatePolicyBuilder().setMaxSurge(percent(10));
    RunningClock system = RunningClock.startingNow(1);
    Instant start = system.instant();
    test.world.call(() -> test.world.groups().insert(REGION, asked.build()));
    test.pass(60);

    test.world.call(
        () ->
            test.world
                .groups()
                .patch(
                    REGION,
                    GROUP,
                    null,
                    now -> now.toBuilder().clearVersions().addVersions(of("b")).build()));
    int seconds = 0;
    for (; !group(test).getStatus().getIsStable(); seconds += 5) {
      assertThat(TestWorld.serving(members(test)))
          .as("after %s s", seconds)
          .isGreaterThanOrEqualTo(MOST);
      test.pass(5);
    }

    System.out.printf(
        Locale.ROOT,
        "1000 instances replaced in %d s of cloud time, in %d ms of this machine's%n",
        seconds,
        Duration.between(start, system.instant()).toMillis());
    assertThat(group(test).getStatus().getVersionTarget().getIsReached()).isTrue();
    assertThat(test.of("b", members(test))).isEqualTo(MOST);
    assertThat(members(test)).extracting(ManagedInstance::getName).doesNotHaveDuplicates();
    assertThat(zones(members(test)).values()).containsExactlyInAnyOrder(334L, 333L, 333L);
  }

  private static InstanceGroupManager group(TestWorld test) {
    return test.world.call(() -> test.world.groups().get(REGION, GROUP));
  }

  private static List<ManagedInstance> members(TestWorld test) {
    return test.world.call(() -> test.world.groups().members(REGION, GROUP));
  }

  private static Map<String, Long> zones(List<ManagedInstance> members) {
    return members.stream()
        .map(one -> one.getInstance().replaceAll(".*/zones/([^/]+)/.*", "$1"))
        .collect(groupingBy(zone -> zone, counting()));
  }
}
