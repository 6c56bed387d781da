package localcloud.world.groups;

import static localcloud.world.TestWorld.GROUP;
import static localcloud.world.TestWorld.ZONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.compute.v1.Instance;
import com.google.cloud.compute.v1.InstanceGroupManager;
import com.google.cloud.compute.v1.InstanceGroupManagerStandbyPolicy;
import com.google.cloud.compute.v1.ManagedInstance;
import com.google.cloud.compute.v1.Operation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import localcloud.world.TestWorld;
import localcloud.world.refusals.ApiException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Instances that stand by, and what a group says of all its instances beside its template. */
class StandbyTest {
  @TempDir Path folder;
  private TestWorld test;

  @BeforeEach
  void aGroupOfThree() throws Exception {
    test = new TestWorld(folder);
    test.groupOfThree();
  }

  @Test
  void aSuspendedInstanceCountsNoMoreAndIsVerifiedOnceItIsResumed() {
    ManagedInstance chosen = test.members().get(0);

    Operation operation = suspend(chosen, false);

    assertThat(operation.getOperationType())
        .isEqualTo("compute.instanceGroupManagers.suspendInstances");
    assertThat(test.group().getTargetSize()).isEqualTo(2);
    assertThat(test.group().getTargetSuspendedSize()).isEqualTo(1);
    assertThat(test.group().getCurrentActions().getSuspending()).isEqualTo(1);
    assertThat(test.group().getStatus().getIsStable()).isFalse();
    assertThat(now(chosen).getCurrentAction()).isEqualTo("SUSPENDING");
    test.pass(15);
    assertThat(now(chosen).getInstanceStatus()).isEqualTo("SUSPENDED");
    assertThat(now(chosen).getCurrentAction()).isEqualTo("NONE");
    assertThat(test.group().getStatus().getIsStable()).isTrue();
    assertThat(test.members()).hasSize(3);
    assertThat(test.serving()).isEqualTo(2);

    test.world.call(
        () -> test.world.managedInstances().resume(ZONE, GROUP, List.of(chosen.getInstance())));
    assertThat(now(chosen).getCurrentAction()).isEqualTo("RESUMING");
    assertThat(test.group().getTargetSize()).isEqualTo(3);
    assertThat(test.group().getTargetSuspendedSize()).isZero();
    test.pass(21);
    assertThat(now(chosen).getCurrentAction()).isEqualTo("VERIFYING");
    test.pass(30);
    assertThat(now(chosen).getCurrentAction()).isEqualTo("NONE");
    assertThat(now(chosen).getId()).isEqualTo(chosen.getId());
    assertThat(test.serving()).isEqualTo(3);
  }

  @Test
  void aStoppedInstanceStartsAgain() {
    ManagedInstance chosen = test.members().get(1);
    List<String> instances = List.of(chosen.getInstance());

    test.world.call(() -> test.world.managedInstances().stop(ZONE, GROUP, instances, false));
    assertThat(now(chosen).getCurrentAction()).isEqualTo("STOPPING");
    test.pass(15);
    assertThat(now(chosen).getInstanceStatus()).isEqualTo("TERMINATED");
    assertThat(test.group().getTargetStoppedSize()).isEqualTo(1);
    refuses(() -> suspend(chosen, false), "not an instance of the group");
    refuses(
        () -> test.world.call(() -> test.world.managedInstances().resume(ZONE, GROUP, instances)),
        "It is not SUSPENDED.");

    test.world.call(() -> test.world.managedInstances().start(ZONE, GROUP, instances));
    assertThat(now(chosen).getCurrentAction()).isEqualTo("STARTING");
    test.pass(60);
    assertThat(test.serving()).isEqualTo(3);
    assertThat(test.group().getTargetStoppedSize()).isZero();
  }

  @Test
  void theInitialDelayIsWaitedForUnlessItIsForced() {
    test.patch(
        group ->
            group.setStandbyPolicy(
                InstanceGroupManagerStandbyPolicy.newBuilder().setInitialDelaySec(600)));
    ManagedInstance patient = test.members().get(0);
    ManagedInstance forced = test.members().get(1);
    suspend(patient, false);
    suspend(forced, true);
    test.pass(60);
    assertThat(now(forced).getInstanceStatus()).isEqualTo("SUSPENDED");
    assertThat(now(patient).getInstanceStatus()).isEqualTo("RUNNING");
    assertThat(now(patient).getCurrentAction()).isEqualTo("SUSPENDING");
    test.pass(600);
    assertThat(now(patient).getInstanceStatus()).isEqualTo("SUSPENDED");
  }

  @Test
  void aGroupThatGoesTakesThoseThatStandByAlong() {
    suspend(test.members().get(0), false);
    test.pass(60);
    test.world.call(() -> test.world.groups().delete(ZONE, GROUP));
    test.pass(60);
    assertThat(test.world.call(() -> test.world.instances().list(ZONE))).isEmpty();
  }

  @Test
  void anAllInstancesConfigurationWinsOverTheTemplateAndIsAppliedWithoutARestart() {
    test.patch(group -> policy(group, "OPPORTUNISTIC"));
    ManagedInstance chosen = test.members().get(0);

    test.patch(
        group -> {
          group
              .getAllInstancesConfigBuilder()
              .getPropertiesBuilder()
              .putLabels("team", "edge")
              .putMetadata("mode", "fast");
          return group;
        });
    test.pass(60);
    assertThat(instance(chosen).getLabelsMap()).isEmpty();
    assertThat(effective()).isFalse();
    assertThat(test.group().getStatus().getVersionTarget().getIsReached()).isTrue();

    List<String> all = test.members().stream().map(ManagedInstance::getInstance).toList();
    test.world.call(() -> test.world.managedInstances().applyUpdates(ZONE, GROUP, all, false));
    assertThat(now(chosen).getCurrentAction()).isEqualTo("REFRESHING");
    test.pass(5);
    Instance refreshed = instance(chosen);
    assertThat(refreshed.getLabelsMap()).containsExactly(Map.entry("team", "edge"));
    assertThat(refreshed.getMetadata().getItemsList())
        .extracting(one -> one.getKey())
        .containsExactly("mode", "instance-template", "created-by");
    assertThat(refreshed.getId()).isEqualTo(chosen.getId());
    assertThat(refreshed.getStatus()).isEqualTo("RUNNING");
    assertThat(effective()).isTrue();
    assertThat(test.group().getStatus().getAllInstancesConfig().getCurrentRevision()).isNotEmpty();

    test.world.call(() -> test.world.managedInstances().applyUpdates(ZONE, GROUP, all, true));
    assertThat(now(chosen).getCurrentAction()).isEqualTo("RECREATING");
    test.pass(60);
    assertThat(instance(chosen).getLabelsMap()).containsExactly(Map.entry("team", "edge"));

    // New ones have it from the start.
    test.world.call(() -> test.world.groups().resize(ZONE, GROUP, 4));
    test.pass(60);
    assertThat(test.world.call(() -> test.world.instances().list(ZONE)))
        .allSatisfy(one -> assertThat(one.getLabelsMap()).containsEntry("team", "edge"))
        .hasSize(4);
  }

  @Test
  void aGroupThatUpdatesItselfRollsToItsAllInstancesConfiguration() {
    List<Long> before = test.members().stream().map(ManagedInstance::getId).toList();
    test.patch(
        group -> {
          group.getAllInstancesConfigBuilder().getPropertiesBuilder().putLabels("team", "edge");
          return group;
        });
    test.pass(600);
    assertThat(effective()).isTrue();
    assertThat(test.members())
        .extracting(ManagedInstance::getId)
        .doesNotContainAnyElementsOf(before);
    assertThat(test.serving()).isEqualTo(3);
  }

  private static InstanceGroupManager.Builder policy(
      InstanceGroupManager.Builder group, String type) {
    group.getUpdatePolicyBuilder().setType(type);
    return group;
  }

  private boolean effective() {
    return test.group().getStatus().getAllInstancesConfig().getEffective();
  }

  private Instance instance(ManagedInstance member) {
    return test.world.call(() -> test.world.instances().get(ZONE, member.getName()));
  }

  private ManagedInstance now(ManagedInstance member) {
    return test.members().stream()
        .filter(one -> one.getName().equals(member.getName()))
        .findFirst()
        .orElseThrow();
  }

  private Operation suspend(ManagedInstance member, boolean force) {
    return test.world.call(
        () ->
            test.world
                .managedInstances()
                .suspend(ZONE, GROUP, List.of(member.getInstance()), force));
  }

  private static void refuses(Runnable call, String sentence) {
    assertThatThrownBy(call::run).isInstanceOf(ApiException.class).hasMessageContaining(sentence);
  }
}
