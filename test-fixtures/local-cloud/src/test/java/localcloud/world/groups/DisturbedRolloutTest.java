package localcloud.world.groups;

import static localcloud.world.TestWorld.BROKEN;
import static localcloud.world.TestWorld.GOOD;
import static localcloud.world.TestWorld.GROUP;
import static localcloud.world.TestWorld.ZONE;
import static localcloud.world.TestWorld.fixed;
import static localcloud.world.TestWorld.of;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.compute.v1.InstanceGroupManager;
import com.google.cloud.compute.v1.InstanceGroupManagerUpdatePolicy;
import com.google.cloud.compute.v1.ManagedInstance;
import java.nio.file.Path;
import localcloud.world.TestWorld;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a group looks like when somebody changes it while it rolls. */
class DisturbedRolloutTest {
  @TempDir Path folder;
  private TestWorld test;

  @BeforeEach
  void prepare() throws Exception {
    test = new TestWorld(folder);
    test.groupOfThree();
  }

  @Test
  void withoutItsCheckAGroupTakesWhatRunsForReady() throws Exception {
    test.version("bad", BROKEN);
    test.roll(of("bad"));
    test.pass(60);
    assertThat(stable()).isFalse();

    test.patch(group -> group.clearAutoHealingPolicies());
    test.pass(300);

    assertThat(stable()).isTrue();
    assertThat(test.group().getStatus().getVersionTarget().getIsReached()).isTrue();
    assertThat(test.of("bad", test.members())).isEqualTo(3);
    assertThat(test.members()).allMatch(one -> one.getInstanceHealthCount() == 0);
  }

  @Test
  void resizedToNothingDuringACanaryItHasNothingAndIsWhereItShallBe() throws Exception {
    test.version("bad", BROKEN);
    test.roll(of("a"), of("bad", fixed(1)));
    test.pass(60);

    test.world.call(() -> test.world.groups().resize(ZONE, GROUP, 0));
    test.pass(120);

    InstanceGroupManager group = test.group();
    assertThat(test.members()).isEmpty();
    assertThat(group.getStatus().getIsStable()).isTrue();
    assertThat(group.getStatus().getVersionTarget().getIsReached()).isTrue();
    assertThat(group.getVersions(1).getTargetSize().getFixed()).isEqualTo(1);
    assertThat(group.getVersions(1).getTargetSize().getCalculated()).isZero();
  }

  @Test
  void anOpportunisticGroupRestsWithAnUpdatePending() throws Exception {
    test.version("b", GOOD);
    test.patch(
        group ->
            group.setUpdatePolicy(
                InstanceGroupManagerUpdatePolicy.newBuilder().setType("OPPORTUNISTIC")));
    test.roll(of("b"));
    test.pass(300);

    assertThat(stable()).isTrue();
    assertThat(test.group().getStatus().getVersionTarget().getIsReached()).isFalse();
    assertThat(test.of("a", test.members())).isEqualTo(3);
  }

  @Test
  void aVersionKeepsItsNameAndItsInstancesTellIt() {
    test.roll(of("a").toBuilder().setName("blue").build());
    test.pass(300);

    assertThat(test.group().getVersions(0).getName()).isEqualTo("blue");
    assertThat(test.members())
        .hasSize(3)
        .allMatch(one -> one.getVersion().getName().equals("blue"));
    String before = names();

    test.roll(of("a"));
    test.pass(300);

    assertThat(test.group().getVersions(0).hasName()).isFalse();
    assertThat(names()).isNotEqualTo(before);
  }

  private boolean stable() {
    return test.group().getStatus().getIsStable();
  }

  private String names() {
    return test.members().stream().map(ManagedInstance::getName).toList().toString();
  }
}
