package localcloud.world.groups;

import static localcloud.world.TestWorld.BROKEN;
import static localcloud.world.TestWorld.GOOD;
import static localcloud.world.TestWorld.GROUP;
import static localcloud.world.TestWorld.ZONE;
import static localcloud.world.TestWorld.fixed;
import static localcloud.world.TestWorld.of;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.compute.v1.DeprecationStatus;
import com.google.cloud.compute.v1.InstanceGroupManager;
import com.google.cloud.compute.v1.InstanceManagedByIgmError;
import com.google.cloud.compute.v1.InstanceProperties;
import com.google.cloud.compute.v1.InstanceTemplate;
import com.google.cloud.compute.v1.Items;
import com.google.cloud.compute.v1.ManagedInstance;
import com.google.cloud.compute.v1.ServiceAccount;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import localcloud.world.TestWorld;
import localcloud.world.places.Scope;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RolloutTest {
  @TempDir Path folder;
  private TestWorld test;

  @BeforeEach
  void prepare() throws Exception {
    test = new TestWorld(folder);
    test.groupOfThree();
    test.version("b", GOOD);
  }

  @Test
  void aNewGroupBecomesStableOnItsOneVersion() {
    InstanceGroupManager group = test.group();
    assertThat(group.getStatus().getIsStable()).isTrue();
    assertThat(group.getStatus().getVersionTarget().getIsReached()).isTrue();
    assertThat(group.getCurrentActions().getNone()).isEqualTo(3);
    assertThat(group.getVersions(0).getTargetSize().getCalculated()).isEqualTo(3);
    assertThat(test.serving()).isEqualTo(3);
    assertThat(test.members())
        .allSatisfy(one -> assertThat(one.getName()).matches("web-[a-z0-9]{4}"));
  }

  @Test
  void anInstanceIsAsItsTemplateSays() {
    InstanceProperties.Builder properties =
        test
            .world
            .call(() -> test.world.templates().get(Scope.GLOBAL, "b"))
            .getProperties()
            .toBuilder();
    properties
        .setCanIpForward(true)
        .setMinCpuPlatform("Intel Skylake")
        .addServiceAccounts(ServiceAccount.newBuilder().setEmail("vm@demo.example"))
        .putLabels("slipway-target", "web");
    properties.getShieldedInstanceConfigBuilder().setEnableVtpm(true);
    InstanceTemplate template =
        InstanceTemplate.newBuilder().setName("full").setProperties(properties).build();
    test.world.call(() -> test.world.templates().insert(Scope.GLOBAL, template));
    test.roll(of("full"));
    test.pass(300);
    assertThat(test.world.call(() -> test.world.instances().list(ZONE)))
        .hasSize(3)
        .allSatisfy(
            one -> {
              assertThat(one.getCanIpForward()).isTrue();
              assertThat(one.getMinCpuPlatform()).isEqualTo("Intel Skylake");
              assertThat(one.getServiceAccounts(0).getEmail()).isEqualTo("vm@demo.example");
              assertThat(one.getLabelsMap()).containsEntry("slipway-target", "web");
              assertThat(one.getShieldedInstanceConfig().getEnableVtpm()).isTrue();
              assertThat(one.getDisksCount()).isEqualTo(1);
              assertThat(one.getMachineType()).endsWith("/machineTypes/f1-micro");
              assertThat(one.getMetadata().getItemsList())
                  .extracting(Items::getKey)
                  .contains("instance-template", "created-by");
            });
  }

  @Test
  void neverServesFewerThanTheTargetIfNoneMayBeMissing() {
    Set<String> before = names();
    test.roll(of("b"));
    for (int second = 0; second < 300; second++) {
      assertThat(test.serving()).as("after %s s", second).isGreaterThanOrEqualTo(3);
      assertThat(standing()).as("after %s s", second).isLessThanOrEqualTo(4);
      test.pass(1);
    }
    assertThat(test.of("b", test.members())).isEqualTo(3);
    assertThat(names()).doesNotContainAnyElementsOf(before);
    assertThat(stableAndReached()).isTrue();
  }

  @Test
  void isNeitherStableNorReachedWhileItRolls() {
    test.roll(of("b"));
    assertThat(test.group().getStatus().getIsStable()).isFalse();
    assertThat(test.group().getStatus().getVersionTarget().getIsReached()).isFalse();
    assertThat(test.group().getCurrentActions().getCreating()).isEqualTo(1);
    test.pass(21);
    assertThat(test.group().getCurrentActions().getVerifying()).isEqualTo(1);
  }

  @Test
  void isReachedButNotStableWhileTheLastOldOneIsDeleted() {
    test.roll(of("b"));
    while (!test.group().getStatus().getVersionTarget().getIsReached()) {
      test.pass(1);
    }
    assertThat(test.group().getStatus().getIsStable()).isFalse();
    assertThat(test.group().getCurrentActions().getDeleting()).isEqualTo(1);
    ManagedInstance leaving =
        test.members().stream()
            .filter(one -> one.getCurrentAction().equals("DELETING"))
            .findFirst()
            .orElseThrow();
    assertThat(leaving.hasVersion()).isFalse();
    assertThat(leaving.getInstanceStatus()).isEqualTo("STOPPING");
  }

  @Test
  void aCanaryReplacesAsManyAsItsSizeSays() {
    test.roll(of("a"), of("b", fixed(1)));
    test.pass(200);
    assertThat(test.of("a", test.members())).isEqualTo(2);
    assertThat(test.of("b", test.members())).isEqualTo(1);
    assertThat(stableAndReached()).isTrue();
    test.roll(of("b"));
    test.pass(300);
    assertThat(test.of("b", test.members())).isEqualTo(3);
  }

  @Test
  void aBrokenVersionStaysInVerifyingAndIsHealedOverAndOver() throws Exception {
    test.version("bad", BROKEN);
    test.roll(of("bad"));
    test.pass(50);
    assertThat(test.group().getCurrentActions().getVerifying()).isEqualTo(1);
    assertThat(test.of("bad", test.members())).isEqualTo(1);
    test.pass(33);
    assertThat(test.group().getCurrentActions().getRecreating()).isEqualTo(1);
    test.pass(7200);
    assertThat(test.serving()).isEqualTo(3);
    assertThat(test.of("a", test.members())).isEqualTo(3);
    assertThat(stableAndReached()).isFalse();
  }

  @Test
  void aRollbackTakesTheBrokenOneAway() throws Exception {
    test.version("bad", BROKEN);
    test.roll(of("bad"));
    test.pass(50);
    test.roll(of("a"));
    test.pass(11);
    assertThat(test.of("a", test.members())).isEqualTo(3);
    assertThat(test.members()).hasSize(3);
    assertThat(stableAndReached()).isTrue();
  }

  @Test
  void aNewerVersionTakesOverInTheMiddleOfARollout() throws Exception {
    test.version("c", GOOD);
    test.roll(of("b"));
    while (test.of("b", test.members()) < 2) {
      test.pass(1);
    }
    test.roll(of("c"));
    for (int second = 0; second < 300; second++) {
      assertThat(test.serving()).isGreaterThanOrEqualTo(3);
      test.pass(1);
    }
    assertThat(test.of("c", test.members())).isEqualTo(3);
    assertThat(stableAndReached()).isTrue();
  }

  @Test
  void replacingInPlaceKeepsTheNames() {
    Set<String> before = names();
    test.patch(
        group -> {
          group.clearVersions().addVersions(of("b"));
          group
              .getUpdatePolicyBuilder()
              .setReplacementMethod("RECREATE")
              .setMaxSurge(fixed(0))
              .setMaxUnavailable(fixed(1));
          return group;
        });
    for (int second = 0; second < 400; second++) {
      assertThat(test.serving()).isGreaterThanOrEqualTo(2);
      test.pass(1);
    }
    assertThat(names()).isEqualTo(before);
    assertThat(test.of("b", test.members())).isEqualTo(3);
  }

  @Test
  void anotherNameOfTheVersionAloneReplacesEveryInstance() {
    Set<String> before = names();
    test.roll(of("a").toBuilder().setName("0/2026-11-22T12:00:00Z").build());
    test.pass(300);
    assertThat(names()).hasSize(3).doesNotContainAnyElementsOf(before);
    assertThat(stableAndReached()).isTrue();
  }

  @Test
  void anOpportunisticGroupOnlyStoresTheVersion() {
    test.patch(
        group -> {
          group.clearVersions().addVersions(of("b"));
          group.getUpdatePolicyBuilder().setType("OPPORTUNISTIC");
          return group;
        });
    test.pass(300);
    assertThat(test.of("a", test.members())).isEqualTo(3);
    assertThat(test.group().getStatus().getIsStable()).isTrue();
    assertThat(test.group().getStatus().getVersionTarget().getIsReached()).isFalse();
  }

  @Test
  void triesAgainWithoutEndWhileTheImageIsGone() {
    test.template("gone", "projects/demo/global/images/gone");
    test.roll(of("gone"));
    test.pass(200);
    ManagedInstance failing =
        test.members().stream()
            .filter(one -> one.getCurrentAction().equals("CREATING"))
            .findFirst()
            .orElseThrow();
    assertThat(failing.getInstanceStatus()).isEmpty();
    assertThat(failing.getLastAttempt().getErrors().getErrors(0).getMessage())
        .isEqualTo("The resource 'projects/demo/global/images/gone' was not found");
    List<InstanceManagedByIgmError> errors =
        test.world.call(() -> test.world.groups().errors(ZONE, GROUP));
    assertThat(errors).hasSizeGreaterThan(2);
    assertThat(errors.get(0).getError().getCode()).isEqualTo("RESOURCE_NOT_FOUND");
    assertThat(errors.get(0).getInstanceActionDetails().getAction()).isEqualTo("CREATING");
    assertThat(test.serving()).isEqualTo(3);
  }

  @Test
  void aDeprecatedImageMakesMachinesAndAnObsoleteOneNone() throws Exception {
    test.version("c", GOOD);
    deprecate("b", "DEPRECATED");
    deprecate("c", "OBSOLETE");
    test.roll(of("b"));
    test.pass(300);
    assertThat(test.of("b", test.members())).isEqualTo(3);
    test.roll(of("c"));
    test.pass(300);
    assertThat(test.group().getCurrentActions().getCreating()).isEqualTo(1);
    assertThat(test.serving()).isEqualTo(3);
  }

  private void deprecate(String image, String state) {
    DeprecationStatus status = DeprecationStatus.newBuilder().setState(state).build();
    test.world.call(() -> test.world.images().deprecate(image, status));
  }

  @Test
  void aMachineThatDiesIsMadeAnewUnderItsName() throws Exception {
    test.version("mortal", "{\"version\":\"3\",\"bootSeconds\":2,\"diesAfterSeconds\":100}");
    test.roll(of("mortal"));
    boolean recreated = false;
    for (int second = 0; second < 400; second++) {
      test.pass(1);
      recreated |= test.group().getCurrentActions().getRecreating() > 0;
    }
    assertThat(recreated).isTrue();
    assertThat(test.of("mortal", test.members())).isEqualTo(3);
  }

  @Test
  void anotherSizeIsFollowedBothWays() {
    test.world.call(() -> test.world.groups().resize(ZONE, GROUP, 5));
    test.pass(60);
    assertThat(test.serving()).isEqualTo(5);
    test.world.call(() -> test.world.groups().resize(ZONE, GROUP, 2));
    test.pass(60);
    assertThat(test.serving()).isEqualTo(2);
    assertThat(stableAndReached()).isTrue();
  }

  @Test
  void dependsOnTimeAloneAndNotOnWhoLooks() throws Exception {
    test.roll(of("b"));
    TestWorld other = new TestWorld(folder.resolve("other"));
    other.groupOfThree();
    other.version("b", GOOD);
    other.roll(of("b"));
    for (int second = 0; second < 100; second++) {
      test.pass(1);
    }
    other.pass(100);
    assertThat(other.members().stream().map(ManagedInstance::getName).toList())
        .isEqualTo(test.members().stream().map(ManagedInstance::getName).toList());
    assertThat(other.members().stream().map(ManagedInstance::getCurrentAction).toList())
        .isEqualTo(test.members().stream().map(ManagedInstance::getCurrentAction).toList());
  }

  private boolean stableAndReached() {
    InstanceGroupManager group = test.group();
    return group.getStatus().getIsStable() && group.getStatus().getVersionTarget().getIsReached();
  }

  private long standing() {
    return test.members().stream()
        .filter(one -> !one.getCurrentAction().equals("DELETING"))
        .count();
  }

  private Set<String> names() {
    return test.members().stream().map(ManagedInstance::getName).collect(Collectors.toSet());
  }
}
