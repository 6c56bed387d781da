package localcloud.world.autoscalers;

import static localcloud.world.TestWorld.BROKEN;
import static localcloud.world.TestWorld.GOOD;
import static localcloud.world.TestWorld.GROUP;
import static localcloud.world.TestWorld.ZONE;
import static localcloud.world.TestWorld.fixed;
import static localcloud.world.TestWorld.of;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.compute.v1.Autoscaler;
import com.google.cloud.compute.v1.AutoscalerStatusDetails;
import com.google.cloud.compute.v1.AutoscalingPolicy;
import com.google.cloud.compute.v1.AutoscalingPolicyCpuUtilization;
import com.google.cloud.compute.v1.AutoscalingPolicyScaleInControl;
import java.nio.file.Path;
import java.util.function.Consumer;
import localcloud.world.TestWorld;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines have one vCPU and a target of 0.6 of it. */
class AutoscalersTest {
  @TempDir Path folder;
  private TestWorld test;

  @BeforeEach
  void aGroupOfThree() throws Exception {
    test = new TestWorld(folder);
    test.groupOfThree();
    test.pass(60);
  }

  @Test
  void growsUntilTheMachinesAreAtTheirTarget() {
    String fingerprint = test.group().getFingerprint();
    demand(6);
    scale(policy -> {});
    test.pass(1);
    // Three machines are wholly busy; how much more there is to do, they cannot tell.
    assertThat(size()).isEqualTo(5);
    test.pass(60);
    assertThat(size()).as("two are still initializing").isEqualTo(5);
    test.pass(300);
    assertThat(size()).isEqualTo(10);
    assertThat(test.serving()).isEqualTo(10);
    assertThat(autoscaler().getRecommendedSize()).isEqualTo(10);
    assertThat(test.group().getFingerprint()).isNotEqualTo(fingerprint);
  }

  @Test
  void shrinksToThePeakOfTheLastTenMinutes() {
    demand(6);
    scale(policy -> {});
    test.pass(400);
    demand(2);
    test.pass(580);
    assertThat(size()).isEqualTo(10);
    demand(0);
    test.pass(40);
    assertThat(size()).as("what 2 vCPUs of work take").isEqualTo(4);
    test.pass(600);
    assertThat(size()).as("its smallest").isEqualTo(2);
    assertThat(test.members()).hasSize(2);
  }

  @Test
  void staysAtItsLargestAndSaysSo() {
    demand(20);
    scale(policy -> policy.setMaxNumReplicas(6));
    test.pass(600);
    assertThat(size()).isEqualTo(6);
    assertThat(autoscaler().getStatusDetailsList())
        .extracting(AutoscalerStatusDetails::getType)
        .containsExactly("CAPPED_AT_MAX_NUM_REPLICAS");
  }

  @Test
  void aMachinesOwnWorkCountsToo() throws Exception {
    test.version("busy", "{\"bootSeconds\":5,\"cpu\":0.9}");
    test.roll(of("busy"));
    test.pass(300);
    scale(policy -> {});
    test.pass(1);
    assertThat(size()).as("3 * 0.9 / 0.6").isEqualTo(5);
  }

  @Test
  void turnedOffItOnlyRecommends() {
    demand(3);
    scale(policy -> policy.setMode("OFF"));
    test.pass(100);
    assertThat(size()).isEqualTo(3);
    assertThat(autoscaler().getRecommendedSize()).isEqualTo(5);
    assertThat(autoscaler().getStatusDetails(0).getType()).isEqualTo("MODE_OFF");
  }

  @Test
  void restrictedItOnlyGrows() {
    demand(3);
    scale(policy -> policy.setMode("ONLY_SCALE_OUT"));
    test.pass(400);
    assertThat(size()).isEqualTo(5);
    demand(0);
    test.pass(700);
    assertThat(size()).isEqualTo(5);
    assertThat(autoscaler().getRecommendedSize()).isEqualTo(2);
    assertThat(autoscaler().getStatusDetails(0).getType()).isEqualTo("MODE_ONLY_SCALE_OUT");
  }

  @Test
  void aScaleInControlSlowsItDown() {
    demand(6);
    scale(
        policy ->
            policy.setScaleInControl(
                AutoscalingPolicyScaleInControl.newBuilder()
                    .setMaxScaledInReplicas(fixed(3))
                    .setTimeWindowSec(300)));
    test.pass(400);
    assertThat(size()).isEqualTo(10);
    demand(0);
    test.pass(620);
    assertThat(size()).isEqualTo(7);
    test.pass(250);
    assertThat(size()).isEqualTo(7);
    test.pass(60);
    assertThat(size()).isEqualTo(4);
    test.pass(310);
    assertThat(size()).isEqualTo(2);
  }

  @Test
  void aScaleInControlThatComesLaterKnowsTheLastTenMinutesOnly() {
    demand(6);
    scale(policy -> {});
    test.pass(400);
    demand(0);
    test.pass(1300);
    patch(
        policy ->
            policy.setScaleInControl(
                AutoscalingPolicyScaleInControl.newBuilder()
                    .setMaxScaledInReplicas(fixed(1))
                    .setTimeWindowSec(3600)));
    test.pass(60);
    assertThat(size()).isEqualTo(2);
  }

  @Test
  void bringsTheGroupBetweenItsBoundsAtOnce() {
    scale(policy -> policy.setMinNumReplicas(4).setMaxNumReplicas(4));
    assertThat(autoscaler().getStatus()).isEqualTo("PENDING");
    test.pass(1);
    assertThat(size()).isEqualTo(4);
    assertThat(autoscaler().getStatus()).isEqualTo("ACTIVE");
    assertThat(autoscaler().getStatusDetails(0).getType()).isEqualTo("MIN_EQUALS_MAX");
    patch(policy -> policy.setMinNumReplicas(1).setMaxNumReplicas(2));
    test.pass(1);
    assertThat(size()).isEqualTo(2);
  }

  @Test
  void anUpdateRollsWhileItGrowsAndShrinksWithItsSurgeOnTop() throws Exception {
    test.version("b", GOOD);
    scale(policy -> {});
    test.pass(1);
    demand(6);
    test.roll(of("b"));
    int most = 0;
    for (int i = 0; i < 120; i++) {
      test.pass(10);
      long there =
          test.members().stream().filter(one -> !one.getCurrentAction().equals("DELETING")).count();
      assertThat(there).isLessThanOrEqualTo(size() + 1L);
      most = Math.max(most, (int) there - size());
    }
    assertThat(most).as("the surge").isEqualTo(1);
    assertThat(size()).isEqualTo(10);
    assertThat(test.of("b", test.members())).isEqualTo(10);
    assertThat(test.group().getStatus().getIsStable()).isTrue();
    demand(0);
    test.roll(of("a"));
    test.pass(1200);
    assertThat(size()).isEqualTo(2);
    assertThat(test.of("a", test.members())).isEqualTo(2);
  }

  @Test
  void machinesThatDoNotServeTakeNoWork() throws Exception {
    test.version("b", BROKEN);
    test.roll(of("b"));
    test.pass(100);
    demand(1.8);
    scale(policy -> {});
    test.pass(600);
    assertThat(test.members()).hasSize(4);
    assertThat(size()).isEqualTo(3);
  }

  @Test
  void theGroupNamesItAndGoesOnWithoutIt() {
    assertThat(test.group().getStatus().hasAutoscaler()).isFalse();
    scale(policy -> {});
    assertThat(test.group().getStatus().getAutoscaler()).isEqualTo(autoscaler().getSelfLink());
    demand(6);
    test.pass(400);
    test.world.call(() -> test.world.autoscalers().delete(ZONE, "cpu"));
    demand(0);
    test.pass(1000);
    assertThat(size()).isEqualTo(10);
    assertThat(test.group().getStatus().hasAutoscaler()).isFalse();
  }

  @Test
  void outlivesItsGroupInError() {
    scale(policy -> {});
    test.pass(1);
    test.world.call(() -> test.world.groups().delete(ZONE, GROUP));
    test.pass(60);
    assertThat(autoscaler().getStatus()).isEqualTo("ERROR");
    assertThat(autoscaler().hasRecommendedSize()).isFalse();
    assertThat(autoscaler().getStatusDetails(0).getType())
        .isEqualTo("SCALING_TARGET_DOES_NOT_EXIST");
  }

  @Test
  void neverShrinksAGroupInItsFirstTenMinutes() {
    scale(policy -> {});
    test.pass(590);
    assertThat(size()).isEqualTo(3);
    test.pass(30);
    assertThat(size()).isEqualTo(2);
  }

  private void demand(double vcpus) {
    String group = "projects/demo/zones/us-west1-a/instanceGroupManagers/" + GROUP;
    test.world.call(() -> test.world.groups().demand(group, vcpus));
  }

  private void scale(Consumer<AutoscalingPolicy.Builder> otherwise) {
    AutoscalingPolicy.Builder policy =
        AutoscalingPolicy.newBuilder()
            .setMinNumReplicas(2)
            .setMaxNumReplicas(20)
            .setCpuUtilization(
                AutoscalingPolicyCpuUtilization.newBuilder().setUtilizationTarget(0.6));
    otherwise.accept(policy);
    Autoscaler asked =
        Autoscaler.newBuilder()
            .setName("cpu")
            .setTarget("zones/us-west1-a/instanceGroupManagers/" + GROUP)
            .setAutoscalingPolicy(policy)
            .build();
    test.world.call(() -> test.world.autoscalers().insert(ZONE, asked));
  }

  private void patch(Consumer<AutoscalingPolicy.Builder> change) {
    test.world.call(
        () ->
            test.world
                .autoscalers()
                .patch(
                    ZONE,
                    "cpu",
                    now -> {
                      Autoscaler.Builder next = now.toBuilder();
                      change.accept(next.getAutoscalingPolicyBuilder());
                      return next.build();
                    }));
  }

  private Autoscaler autoscaler() {
    return test.world.call(() -> test.world.autoscalers().get(ZONE, "cpu"));
  }

  private int size() {
    return test.group().getTargetSize();
  }
}
