package slipway.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.compute.v1.DistributionPolicy;
import com.google.cloud.compute.v1.DistributionPolicyZoneConfiguration;
import com.google.cloud.compute.v1.FixedOrPercent;
import com.google.cloud.compute.v1.InstanceGroupManager;
import com.google.cloud.compute.v1.InstanceGroupManagerAutoHealingPolicy;
import com.google.cloud.compute.v1.InstanceGroupManagerInstanceFlexibilityPolicy;
import com.google.cloud.compute.v1.InstanceGroupManagerInstanceFlexibilityPolicyInstanceSelection;
import com.google.cloud.compute.v1.InstanceGroupManagerUpdatePolicy;
import com.google.cloud.compute.v1.InstanceGroupManagerVersion;
import com.google.cloud.compute.v1.ManagedInstance;
import com.google.cloud.compute.v1.ManagedInstanceVersion;
import com.google.gson.JsonParser;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.rollout.Group;
import slipway.rollout.Instance;
import slipway.rollout.Version;
import slipway.settings.GroupPath;
import slipway.settings.Size;
import slipway.settings.TemplatePath;

class GroupReadingTest {
  private static final GroupPath PATH = new GroupPath("demo", "zones/us-west1-a", "site-group");
  private static final String OLD = "projects/demo/global/instanceTemplates/old";
  private static final String NEW = "projects/demo/global/instanceTemplates/new";

  @Test
  void readsNamesSizesAndPolicies() {
    InstanceGroupManager manager =
        InstanceGroupManager.newBuilder()
            .addVersions(
                InstanceGroupManagerVersion.newBuilder()
                    .setInstanceTemplate("https://www.googleapis.com/compute/v1/" + OLD)
                    .setName("0/2026-11-01")
                    .setTargetSize(FixedOrPercent.newBuilder().setCalculated(10)))
            .addVersions(
                InstanceGroupManagerVersion.newBuilder()
                    .setInstanceTemplate(NEW)
                    .setTargetSize(FixedOrPercent.newBuilder().setPercent(4).setCalculated(1)))
            .addAutoHealingPolicies(
                InstanceGroupManagerAutoHealingPolicy.newBuilder()
                    .setHealthCheck("check")
                    .setInitialDelaySec(1200))
            .setUpdatePolicy(InstanceGroupManagerUpdatePolicy.newBuilder().setType("OPPORTUNISTIC"))
            .build();

    Group group = GroupReading.group(PATH, manager);

    assertThat(group.versions())
        .containsExactly(
            new Version(new TemplatePath(OLD), "0/2026-11-01", null),
            new Version(new TemplatePath(NEW), new Size(4, true)));
    assertThat(group.wanted(new TemplatePath(NEW))).isEqualTo(1);
    assertThat(group.policies())
        .isEqualTo(new Group.Policies(true, Duration.ofSeconds(1200), false, true, false, false));
  }

  @Test
  void readsWhereItsMachinesStandAndWhatTheyMayBe() {
    InstanceGroupManager manager =
        InstanceGroupManager.newBuilder()
            .setInstanceTemplate(NEW)
            .setDistributionPolicy(
                DistributionPolicy.newBuilder()
                    .addZones(zone("zones/us-west1-a"))
                    .addZones(zone("https://www.googleapis.com/compute/v1/p/zones/us-west1-b")))
            .setInstanceFlexibilityPolicy(
                InstanceGroupManagerInstanceFlexibilityPolicy.newBuilder()
                    .putInstanceSelections(
                        "small", selection("e2-small", "zones/z/machineTypes/n2-x"))
                    .putInstanceSelections("arm", selection("t2a-standard-1")))
            .build();

    assertThat(GroupReading.group(PATH, manager).machines())
        .isEqualTo(
            new Group.Machines(
                List.of("us-west1-a", "us-west1-b"), Set.of("e2-small", "n2-x", "t2a-standard-1")));
    InstanceGroupManager zonal = InstanceGroupManager.newBuilder().setInstanceTemplate(NEW).build();
    assertThat(GroupReading.group(PATH, zonal).machines())
        .isEqualTo(new Group.Machines(List.of(PATH.place()), Set.of()));
  }

  private static DistributionPolicyZoneConfiguration zone(String url) {
    return DistributionPolicyZoneConfiguration.newBuilder().setZone(url).build();
  }

  private static InstanceGroupManagerInstanceFlexibilityPolicyInstanceSelection selection(
      String... types) {
    return InstanceGroupManagerInstanceFlexibilityPolicyInstanceSelection.newBuilder()
        .addAllMachineTypes(List.of(types))
        .build();
  }

  @Test
  void whatMostInstancesRunIsWhatAnOpportunisticGroupServes() {
    Version own = Version.rest(new TemplatePath(NEW));
    Version named = new Version(new TemplatePath(OLD), "stable", null);

    assertThat(GroupReading.serving(own, List.of(running(OLD), running(OLD), running(NEW))))
        .isEqualTo(named);
    assertThat(GroupReading.serving(own, List.of())).isEqualTo(own);
  }

  private static ManagedInstance running(String template) {
    ManagedInstanceVersion.Builder version =
        ManagedInstanceVersion.newBuilder().setInstanceTemplate(template);
    if (template.equals(OLD)) {
      version.setName("stable");
    }
    return ManagedInstance.newBuilder().setVersion(version).setInstanceStatus("RUNNING").build();
  }

  @ParameterizedTest
  @CsvSource({
    "RUNNING, NONE, RUNNING, NONE",
    "RUNNING, VERIFYING, RUNNING, VERIFYING",
    "STOPPING, DELETING, OTHER, DELETING",
    "SUSPENDED, NONE, ASLEEP, NONE",
    "TERMINATED, NONE, ASLEEP, NONE",
    "STOPPING, STOPPING, ASLEEP, OTHER",
    "TERMINATED, RECREATING, OTHER, RECREATING",
    "STAGING, CREATING, OTHER, OTHER",
  })
  void readsWhatAnInstanceDoes(
      String status, String action, Instance.Status read, Instance.Action does) {
    Instance one =
        GroupReading.instance(
            ManagedInstance.newBuilder()
                .setInstanceStatus(status)
                .setCurrentAction(action)
                .build());

    assertThat(one.status()).isEqualTo(read);
    assertThat(one.action()).isEqualTo(does);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | false",
        "{'instanceFlexibilityPolicy': {'instanceSelections': {'a': {'machineTypes': ['n2']}}}} | false",
        "{'instanceFlexibilityPolicy': {'instanceSelections': {'a': {'disks': []}}}} | false",
        "{'instanceFlexibilityPolicy': {'instanceSelections': {'a': {'disks': [{'boot': true}]}}}} | true",
        "{'instanceFlexibilityPolicy': {'instanceSelections': {'a': {'disks': [{'boot': false}]}}}} | false",
      },
      quoteCharacter = '"')
  void findsBootDisksThatASelectionNames(String json, boolean names) {
    assertThat(GroupReading.namesBootDisk(JsonParser.parseString(json).getAsJsonObject()))
        .isEqualTo(names);
  }
}
