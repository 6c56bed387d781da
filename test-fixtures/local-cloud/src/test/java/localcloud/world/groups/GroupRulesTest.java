package localcloud.world.groups;

import static localcloud.world.TestWorld.GROUP;
import static localcloud.world.TestWorld.ZONE;
import static localcloud.world.TestWorld.asked;
import static localcloud.world.TestWorld.fixed;
import static localcloud.world.TestWorld.of;
import static localcloud.world.TestWorld.percent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.compute.v1.FixedOrPercent;
import com.google.cloud.compute.v1.InstanceGroupManager;
import com.google.cloud.compute.v1.InstanceGroupManagerInstanceFlexibilityPolicyInstanceSelection;
import com.google.cloud.compute.v1.InstanceGroupManagerUpdatePolicy;
import com.google.cloud.compute.v1.InstanceGroupManagerVersion;
import com.google.cloud.compute.v1.ManagedInstance;
import com.google.cloud.compute.v1.StatefulPolicy;
import com.google.cloud.compute.v1.StatefulPolicyPreservedState;
import com.google.cloud.compute.v1.StatefulPolicyPreservedStateDiskDevice;
import java.nio.file.Path;
import localcloud.world.TestWorld;
import localcloud.world.places.Scope;
import localcloud.world.refusals.ApiException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupRulesTest {
  @TempDir Path folder;
  private TestWorld test;

  @BeforeEach
  void prepare() throws Exception {
    test = new TestWorld(folder);
    test.template("a", "global/images/a");
    test.template("b", "global/images/b");
    test.check();
  }

  @ParameterizedTest
  @CsvSource({
    // percent, of how many: as a bound and as a version's size, both rounded up
    "10, 10, 1, 1",
    "4, 12, 1, 1",
    "10, 12, 2, 2",
    "20, 12, 3, 3",
    "50, 11, 6, 6",
    "1, 100, 1, 1",
    "0, 10, 0, 0",
    "100, 10, 10, 10",
  })
  void roundsPercentages(int percent, int size, int bound, int share) {
    InstanceGroupManager.Builder group = asked("a", size).toBuilder();
    group.getUpdatePolicyBuilder().setMaxUnavailable(percent(percent));
    group.addVersions(of("a")).addVersions(of("b", percent(percent)));
    test.insert(group.build());
    InstanceGroupManager made = test.group();
    assertThat(made.getUpdatePolicy().getMaxUnavailable().getCalculated()).isEqualTo(bound);
    assertThat(made.getVersions(1).getTargetSize().getCalculated()).isEqualTo(share);
    assertThat(made.getVersions(0).getTargetSize().getCalculated()).isEqualTo(size - share);
  }

  @Test
  void aVersionNeverGetsMoreThanTheGroupHas() {
    test.insert(
        asked("a", 3).toBuilder().addVersions(of("a")).addVersions(of("b", fixed(7))).build());
    assertThat(test.group().getVersions(1).getTargetSize().getCalculated()).isEqualTo(3);
    assertThat(test.group().getVersions(0).getTargetSize().getCalculated()).isZero();
  }

  @Test
  void takesBackTheVersionsThatItShowed() {
    test.insert(asked("a", 3));
    InstanceGroupManagerVersion shown = test.group().getVersions(0);
    test.roll(shown.toBuilder().setName("again").build());
    assertThat(test.group().getVersions(0).getName()).isEqualTo("again");
    assertThat(test.group().getVersions(0).getTargetSize().getCalculated()).isEqualTo(3);
  }

  @Test
  void refusesBoundsThatCannotWork() {
    refusesBounds(fixed(0), fixed(0), "SUBSTITUTE", "must be greater than 0.");
    refusesBounds(
        fixed(1),
        fixed(1),
        "RECREATE",
        "maxSurge must be equal to 0 when replacement method is set to RECREATE");
    refusesBounds(fixed(0), fixed(0), "RECREATE", "maxUnavailable must be greater than 0");
    refusesBounds(percent(20), fixed(0), "SUBSTITUTE", "groups with 10 or more instances");
    refusesBounds(fixed(1), percent(101), "SUBSTITUTE", "percent from 0 to 100");
    refusesBounds(fixed(-1), fixed(1), "SUBSTITUTE", "Either fixed from 0");
    refusesBounds(fixed(1), fixed(1), "REPLACE", "Expected one of");
  }

  private void refusesBounds(
      FixedOrPercent surge, FixedOrPercent unavailable, String method, String text) {
    InstanceGroupManager.Builder group = asked("a", 3).toBuilder();
    group
        .getUpdatePolicyBuilder()
        .setMaxSurge(surge)
        .setMaxUnavailable(unavailable)
        .setReplacementMethod(method);
    refuses(group.build(), 400, text);
  }

  @Test
  void hasGooglesPolicyUnlessTold() {
    test.insert(asked("a", 3).toBuilder().clearUpdatePolicy().build());
    InstanceGroupManagerUpdatePolicy policy = test.group().getUpdatePolicy();
    assertThat(policy.getType()).isEqualTo("OPPORTUNISTIC");
    assertThat(policy.getMinimalAction()).isEqualTo("REPLACE");
    assertThat(policy.getReplacementMethod()).isEqualTo("SUBSTITUTE");
    assertThat(policy.getMaxSurge().getFixed()).isEqualTo(1);
    assertThat(policy.getMaxUnavailable().getFixed()).isEqualTo(1);
  }

  @Test
  void refusesWhatIsBeyondGooglesLimits() {
    refuses(asked("a", 1001), 400, "Must be between 0 and 1000");
    InstanceGroupManager.Builder patient = asked("a", 3).toBuilder();
    patient.getAutoHealingPoliciesBuilder(0).setInitialDelaySec(3601);
    refuses(patient.build(), 400, "Must be between 0 and 3600");
    InstanceGroupManager one = asked("a", 3);
    refuses(
        one.toBuilder().addAllAutoHealingPolicies(one.getAutoHealingPoliciesList()).build(),
        400,
        "At most one autohealing policy");
  }

  @Test
  void aPatchOfTheTemplateAloneReplacesAllVersions() {
    test.insert(
        asked("a", 3).toBuilder().addVersions(of("a")).addVersions(of("b", fixed(1))).build());
    test.patch(group -> group.setInstanceTemplate("global/instanceTemplates/b"));
    assertThat(test.group().getVersionsCount()).isEqualTo(1);
    assertThat(test.group().getVersions(0).getInstanceTemplate()).endsWith("/b");
  }

  @Test
  void refusesVersionsThatDoNotAddUp() {
    refuses(
        asked("a", 3).toBuilder().addVersions(of("a")).addVersions(of("b")).build(),
        400,
        "Exactly one version");
    refuses(asked("a", 3).toBuilder().addVersions(of("a", fixed(1))).build(), 400, "Exactly one");
    refuses(
        asked("a", 3).toBuilder().addVersions(of("a")).addVersions(of("a", fixed(1))).build(),
        400,
        "must be unique");
  }

  @Test
  void refusesWhatIsNotThere() {
    refuses(
        asked("a", 3).toBuilder().clearInstanceTemplate().build(),
        400,
        "Required field 'resource.instanceTemplate' not specified");
    refuses(
        asked("none", 3),
        404,
        "The resource 'projects/demo/global/instanceTemplates/none' was not found");
    InstanceGroupManager.Builder group = asked("a", 3).toBuilder();
    group.getAutoHealingPoliciesBuilder(0).setHealthCheck("global/healthChecks/none");
    refuses(group.build(), 404, "projects/demo/global/healthChecks/none' was not found");
  }

  @Test
  void keepsSuspendedAndStoppedInstancesBesideItsSize() throws Exception {
    test.version("good", TestWorld.GOOD);
    test.insert(
        asked("good", 1).toBuilder().setTargetSuspendedSize(1).setTargetStoppedSize(2).build());
    test.pass(60);

    assertThat(test.members())
        .extracting(ManagedInstance::getInstanceStatus)
        .containsExactlyInAnyOrder("RUNNING", "SUSPENDED", "TERMINATED", "TERMINATED");
    assertThat(test.members()).extracting(ManagedInstance::getCurrentAction).containsOnly("NONE");
    assertThat(test.group().getCurrentActions().getNone()).isEqualTo(1);
    assertThat(test.group().getStatus().getIsStable()).isTrue();
    test.patch(group -> group.setTargetStoppedSize(0));
    test.roll(of("b"));
    test.pass(1);
    assertThat(test.members())
        .filteredOn(one -> one.getInstanceStatus().equals("SUSPENDED"))
        .extracting(one -> one.getVersion().getInstanceTemplate())
        .singleElement()
        .asString()
        .endsWith("/b");
    assertThat(test.members())
        .extracting(ManagedInstance::getInstanceStatus)
        .doesNotContain("TERMINATED");
  }

  @Test
  void refusesWhatItWouldForget() {
    refuses(
        asked("a", 3).toBuilder()
            .setStatefulPolicy(
                StatefulPolicy.newBuilder()
                    .setPreservedState(
                        StatefulPolicyPreservedState.newBuilder()
                            .putDisks(
                                "d",
                                StatefulPolicyPreservedStateDiskDevice.newBuilder()
                                    .setAutoDelete("NEVER")
                                    .build())))
            .build(),
        501,
        "statefulPolicy");
    InstanceGroupManager.Builder restart = asked("a", 3).toBuilder();
    restart.getUpdatePolicyBuilder().setMinimalAction("RESTART");
    refuses(restart.build(), 501, "other than REPLACE");
  }

  private void refuses(InstanceGroupManager group, int code, String text) {
    assertThatThrownBy(() -> test.insert(group))
        .isInstanceOfSatisfying(
            ApiException.class, refused -> assertThat(refused.code()).isEqualTo(code))
        .hasMessageContaining(text);
  }

  @Test
  void refusesASecondGroupOfTheName() {
    test.insert(asked("a", 3));
    refuses(
        asked("a", 3),
        409,
        "The resource 'projects/demo/zones/us-west1-a/instanceGroupManagers/web' already exists");
  }

  @Test
  void refusesAPatchThatReadSomethingElse() {
    test.insert(asked("a", 3));
    String read = test.group().getFingerprint();
    test.roll(of("b"));
    assertThat(test.group().getFingerprint()).isNotEqualTo(read);
    assertThatThrownBy(
            () -> test.world.call(() -> test.world.groups().patch(ZONE, GROUP, read, now -> now)))
        .isInstanceOfSatisfying(
            ApiException.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(412);
              assertThat(refused.reason()).isEqualTo("conditionNotMet");
            });
  }

  @Test
  void aTemplateOfAGroupCannotBeDeletedNorItsHealthCheck() {
    test.insert(asked("a", 3));
    assertThatThrownBy(
            () -> test.world.call(() -> test.world.templates().delete(Scope.GLOBAL, "a")))
        .hasMessage(
            "The instance_template resource 'projects/demo/global/instanceTemplates/a' is already"
                + " being used by 'projects/demo/zones/us-west1-a/instanceGroupManagers/web'");
    assertThatThrownBy(() -> test.world.call(() -> test.world.healthChecks().delete("http")))
        .hasMessageContaining("is already being used by");
    test.world.call(() -> test.world.groups().delete(ZONE, GROUP));
    test.pass(60);
    test.world.call(() -> test.world.templates().delete(Scope.GLOBAL, "a"));
    assertThatThrownBy(test::group).hasMessageContaining("was not found");
  }

  /** The example of terraform-provider-google's page on groups. */
  @Test
  void sixtyPercentOfTwoIsTwo() {
    test.insert(
        asked("a", 2).toBuilder().addVersions(of("a")).addVersions(of("b", percent(60))).build());

    assertThat(test.group().getVersions(1).getTargetSize().getCalculated()).isEqualTo(2);
    assertThat(test.group().getVersions(0).getTargetSize().getCalculated()).isZero();
  }

  @Test
  void carriesAnInstanceFlexibilityPolicy() {
    InstanceGroupManager.Builder group = asked("a", 1).toBuilder();
    group
        .getInstanceFlexibilityPolicyBuilder()
        .putInstanceSelections(
            "small",
            InstanceGroupManagerInstanceFlexibilityPolicyInstanceSelection.newBuilder()
                .addMachineTypes("e2-small")
                .build());
    test.insert(group.build());
    test.roll(of("b"));

    assertThat(test.group().getInstanceFlexibilityPolicy())
        .isEqualTo(group.getInstanceFlexibilityPolicy());
  }

  @ParameterizedTest
  @CsvSource({"web-#, web-1", "web-###, web-001"})
  void aBaseNameThatEndsInHashesNumbersItsInstances(String base, String first) {
    test.insert(asked("a", 2).toBuilder().setBaseInstanceName(base).build());
    test.pass(1);

    assertThat(test.members()).extracting(ManagedInstance::getName).contains(first).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"58, true", "59, false"})
  void aBaseNameHas58CharactersAtMost(int length, boolean fits) {
    InstanceGroupManager group =
        asked("a", 1).toBuilder().setBaseInstanceName("w".repeat(length)).build();
    if (fits) {
      test.insert(group);
      test.pass(1);
      assertThat(test.members().get(0).getName()).hasSize(63);
    } else {
      assertThatThrownBy(() -> test.insert(group)).hasMessageContaining("baseInstanceName");
    }
  }
}
