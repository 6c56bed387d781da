package localcloud.world.groups;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static localcloud.world.TestWorld.GOOD;
import static localcloud.world.TestWorld.GROUP;
import static localcloud.world.TestWorld.ZONE;
import static localcloud.world.TestWorld.asked;
import static localcloud.world.TestWorld.fixed;
import static localcloud.world.TestWorld.of;
import static localcloud.world.TestWorld.percent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.compute.v1.DistributionPolicy;
import com.google.cloud.compute.v1.DistributionPolicyZoneConfiguration;
import com.google.cloud.compute.v1.InstanceGroupManager;
import com.google.cloud.compute.v1.InstanceGroupManagerUpdatePolicy;
import com.google.cloud.compute.v1.InstanceTemplate;
import com.google.cloud.compute.v1.ManagedInstance;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import localcloud.world.TestWorld;
import localcloud.world.places.Links;
import localcloud.world.places.Scope;
import localcloud.world.templates.Templates;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A group over the zones of a region. */
class RegionalGroupTest {
  private static final Scope REGION = Scope.region("us-west1");
  private static final UnaryOperator<InstanceGroupManagerUpdatePolicy.Builder> NO_MOVES =
      policy -> policy.setInstanceRedistributionType("NONE");

  @TempDir Path folder;
  private TestWorld test;

  @BeforeEach
  void prepare() throws Exception {
    test = new TestWorld(folder);
    test.version("a", GOOD);
    test.version("b", GOOD);
    test.check();
  }

  @Test
  void standsEvenlyOverThreeZonesOfItsRegionUnlessTold() {
    Scope region = Scope.region("us-central1");
    test.world.call(() -> test.world.groups().insert(region, regional(7, policy -> policy)));
    test.pass(60);
    InstanceGroupManager group = test.world.call(() -> test.world.groups().get(region, GROUP));
    assertThat(group.getRegion()).endsWith("/projects/demo/regions/us-central1");
    assertThat(group.hasZone()).isFalse();
    assertThat(group.getDistributionPolicy().getTargetShape()).isEqualTo("EVEN");
    assertThat(group.getDistributionPolicy().getZonesList())
        .extracting(zone -> Links.last(zone.getZone()))
        .containsExactly("us-central1-a", "us-central1-b", "us-central1-c");
    assertThat(group.getStatus().getIsStable()).isTrue();
    List<ManagedInstance> members =
        test.world.call(() -> test.world.groups().members(region, GROUP));
    assertThat(zones(members)).containsValues(3L, 2L, 2L).hasSize(3);
    assertThat(members).extracting(ManagedInstance::getName).doesNotHaveDuplicates();
    assertThat(test.world.call(() -> test.world.instances().list(Scope.zone("us-central1-b"))))
        .hasSize(2);
  }

  @Test
  void hasGooglesRegionalPolicyUnlessTold() {
    InstanceGroupManager asked = asked("a", 3).toBuilder().clearUpdatePolicy().build();
    test.world.call(() -> test.world.groups().insert(REGION, asked));
    InstanceGroupManagerUpdatePolicy policy = group().getUpdatePolicy();
    assertThat(policy.getMaxSurge().getFixed()).isEqualTo(3);
    assertThat(policy.getMaxUnavailable().getFixed()).isEqualTo(3);
    assertThat(policy.getInstanceRedistributionType()).isEqualTo("PROACTIVE");
  }

  @Test
  void standsInTheZonesItIsToldOnce() {
    insert(distributed(5, "zones/us-west1-c", "us-west1-a"));
    assertThat(zones(members())).isEqualTo(Map.of("us-west1-c", 3L, "us-west1-a", 2L));
    assertThatThrownBy(
            () ->
                patch(
                    group -> group.setDistributionPolicy(DistributionPolicy.getDefaultInstance())))
        .hasMessageContaining("resource.distributionPolicy.zones");
  }

  @Test
  void refusesADistributionThatCannotBe() {
    assertThatThrownBy(() -> insert(distributed(3, "us-central1-a")))
        .hasMessageContaining("us-central1-a")
        .hasMessageContaining("region us-west1");
    InstanceGroupManager.Builder any = regional(3, policy -> policy).toBuilder();
    any.getDistributionPolicyBuilder().setTargetShape("ANY");
    assertThatThrownBy(() -> insert(any.build())).hasMessageContaining("targetShape");
    any.getDistributionPolicyBuilder().setTargetShape("EVEN");
    assertThatThrownBy(() -> test.insert(any.build()))
        .hasMessageContaining("Only a regional group");
  }

  @Test
  void wantsFixedBoundsOfNoneOrAtLeastTheZones() {
    assertThatThrownBy(() -> insert(regional(3, policy -> policy.setMaxSurge(fixed(1)))))
        .hasMessage(
            "Invalid value for field 'resource.updatePolicy.maxSurge.fixed': '1'. Fixed"
                + " updatePolicy.maxSurge for regional managed instance group has to be either 0"
                + " or at least equal to the number of zones.");
    assertThatThrownBy(() -> insert(regional(3, policy -> policy.setMaxUnavailable(fixed(2)))))
        .hasMessageContaining("Fixed updatePolicy.maxUnavailable for regional");
    assertThatThrownBy(() -> insert(regional(9, policy -> policy.setMaxSurge(percent(50)))))
        .hasMessageContaining("10 or more instances");
    insert(regional(10, policy -> policy.setMaxSurge(percent(10))));
    assertThat(group().getUpdatePolicy().getMaxSurge().getCalculated()).isEqualTo(1);
  }

  @Test
  void rollsEvenlyAndNeverServesFewerThanItsTarget() {
    insert(regional(9, policy -> policy));
    patch(group -> group.clearVersions().addVersions(of("b")));
    for (int second = 0; second < 300; second++) {
      assertThat(serving()).as("after %s s", second).isGreaterThanOrEqualTo(9);
      assertThat(standing()).as("after %s s", second).hasSizeLessThanOrEqualTo(12);
      test.pass(1);
    }
    assertThat(test.of("b", members())).isEqualTo(9);
    assertThat(zones(members())).containsOnlyKeys("us-west1-a", "us-west1-b", "us-west1-c");
    assertThat(zones(members()).values()).containsOnly(3L);
    assertThat(group().getStatus().getIsStable()).isTrue();
  }

  @Test
  void movesInstancesWithinItsBoundsOnceItStandsUnevenly() {
    insert(regional(9, policy -> policy));
    deleteTwoOf("us-west1-a");
    assertThat(group().getTargetSize()).isEqualTo(7);
    assertThat(group().getStatus().getIsStable()).isFalse();
    for (int second = 0; second < 120; second++) {
      assertThat(serving()).as("after %s s", second).isGreaterThanOrEqualTo(7);
      test.pass(1);
    }
    assertThat(zones(members()).values()).containsExactlyInAnyOrder(2L, 2L, 3L);
    assertThat(group().getStatus().getIsStable()).isTrue();
  }

  @Test
  void movesInstancesAlsoWhereItDoesNotUpdateThem() {
    insert(regional(9, policy -> policy.setType("OPPORTUNISTIC")));
    patch(group -> group.clearVersions().addVersions(of("b")));
    deleteTwoOf("us-west1-a");
    test.pass(120);
    assertThat(zones(members()).values()).containsExactlyInAnyOrder(2L, 2L, 3L);
    assertThat(test.of("b", members())).isEqualTo(1);
    assertThat(group().getStatus().getIsStable()).isTrue();
  }

  @Test
  void staysUnevenIfItIsNotToRedistribute() {
    insert(regional(9, NO_MOVES));
    deleteTwoOf("us-west1-a");
    test.pass(120);
    assertThat(zones(members()).values()).containsExactlyInAnyOrder(1L, 3L, 3L);
    assertThat(group().getStatus().getIsStable()).isTrue();
  }

  @Test
  void shrinksWhereTheMostStand() {
    insert(regional(9, NO_MOVES));
    deleteTwoOf("us-west1-a");
    test.world.call(() -> test.world.groups().resize(REGION, GROUP, 4));
    test.pass(60);
    assertThat(zones(members()).values()).containsExactlyInAnyOrder(1L, 1L, 2L);
  }

  @Test
  void recreatesTheChosenInstancesUnderTheirNames() {
    insert(regional(3, policy -> policy));
    ManagedInstance chosen = members().get(1);
    test.world.call(
        () -> test.world.managedInstances().recreate(REGION, GROUP, List.of(chosen.getInstance())));
    assertThat(members().get(1).getCurrentAction()).isEqualTo("RECREATING");
    test.pass(60);
    ManagedInstance again = members().get(1);
    assertThat(again.getInstance()).isEqualTo(chosen.getInstance());
    assertThat(again.getId()).isNotEqualTo(chosen.getId());
    assertThat(group().getStatus().getIsStable()).isTrue();
    String elsewhere = "zones/us-west1-b/instances/" + members().get(0).getName();
    assertThatThrownBy(
            () ->
                test.world.call(
                    () ->
                        test.world.managedInstances().recreate(REGION, GROUP, List.of(elsewhere))))
        .hasMessageContaining(elsewhere);
  }

  @Test
  void updatesTheChosenInstancesOfAGroupThatDoesNotUpdateByItself() {
    insert(regional(3, policy -> policy.setType("OPPORTUNISTIC")));
    patch(group -> group.clearVersions().addVersions(of("b")));
    List<String> chosen = List.of(members().get(0).getInstance());
    test.world.call(() -> test.world.managedInstances().applyUpdates(REGION, GROUP, chosen, false));
    test.pass(60);
    assertThat(test.of("b", members())).isEqualTo(1);
    test.world.call(() -> test.world.managedInstances().applyUpdates(REGION, GROUP, chosen, false));
    assertThat(group().getStatus().getIsStable()).isTrue();
  }

  @Test
  void theChosenInstancesGetTheVersionsThatLackSome() {
    insert(regional(3, policy -> policy.setType("OPPORTUNISTIC")));
    patch(group -> group.clearVersions().addVersions(of("b", fixed(1))).addVersions(of("a")));
    List<Long> before = members().stream().map(ManagedInstance::getId).toList();
    List<String> all = members().stream().map(ManagedInstance::getInstance).toList();

    test.world.call(() -> test.world.managedInstances().applyUpdates(REGION, GROUP, all, false));
    test.pass(60);

    assertThat(test.of("b", members())).isEqualTo(1);
    assertThat(members()).extracting(ManagedInstance::getId).containsAll(before.subList(1, 3));
    assertThat(group().getStatus().getVersionTarget().getIsReached()).isTrue();

    patch(group -> group.clearVersions().addVersions(of("a", fixed(1))).addVersions(of("b")));
    test.world.call(() -> test.world.managedInstances().recreate(REGION, GROUP, all));
    test.pass(60);

    assertThat(test.of("a", members())).isEqualTo(1);
    assertThat(test.of("b", members())).isEqualTo(2);
    assertThat(members()).extracting(ManagedInstance::getId).doesNotContainAnyElementsOf(before);
  }

  @Test
  void aRegionalTemplateServesItsOwnRegionOnly() {
    InstanceTemplate template = test.world.call(() -> template().get(Scope.GLOBAL, "a"));
    Scope central = Scope.region("us-central1");
    for (Scope region : List.of(REGION, central)) {
      test.world.call(() -> template().insert(region, template));
    }
    InstanceGroupManager foreign =
        asked("a", 3).toBuilder()
            .setInstanceTemplate("regions/us-central1/instanceTemplates/a")
            .build();
    assertThatThrownBy(() -> test.insert(foreign)).hasMessageContaining("own region");
    InstanceGroupManager own =
        foreign.toBuilder().setInstanceTemplate("regions/us-west1/instanceTemplates/a").build();
    test.insert(own);
    test.pass(60);
    assertThat(test.serving()).isEqualTo(3);
    assertThat(test.of("a", test.world.call(() -> test.world.groups().members(ZONE, GROUP))))
        .isEqualTo(3);
    assertThatThrownBy(() -> test.world.call(() -> template().delete(REGION, "a")))
        .hasMessageContaining("already being used by");
    test.world.call(() -> template().delete(central, "a"));
    assertThat(test.world.call(() -> template().list(central))).isEmpty();
  }

  private Templates template() {
    return test.world.templates();
  }

  /** Bounds that a regional group may have: surge 3, unavailable 0. */
  private static InstanceGroupManager regional(
      int size, UnaryOperator<InstanceGroupManagerUpdatePolicy.Builder> policy) {
    InstanceGroupManager.Builder group = asked("a", size).toBuilder();
    return group
        .setUpdatePolicy(policy.apply(group.getUpdatePolicyBuilder().setMaxSurge(fixed(3))))
        .build();
  }

  private static InstanceGroupManager distributed(int size, String... zones) {
    InstanceGroupManager.Builder group = regional(size, policy -> policy).toBuilder();
    for (String zone : zones) {
      group
          .getDistributionPolicyBuilder()
          .addZones(DistributionPolicyZoneConfiguration.newBuilder().setZone(zone));
    }
    return group.build();
  }

  private void insert(InstanceGroupManager asked) {
    test.world.call(() -> test.world.groups().insert(REGION, asked));
    test.pass(60);
  }

  private void patch(UnaryOperator<InstanceGroupManager.Builder> edit) {
    test.world.call(
        () ->
            test.world
                .groups()
                .patch(REGION, GROUP, null, now -> edit.apply(now.toBuilder()).build()));
  }

  private void deleteTwoOf(String zone) {
    List<String> two =
        members().stream()
            .map(ManagedInstance::getInstance)
            .filter(instance -> instance.contains("/zones/" + zone + "/"))
            .limit(2)
            .toList();
    test.world.call(() -> test.world.managedInstances().delete(REGION, GROUP, two));
    test.pass(15);
  }

  private InstanceGroupManager group() {
    return test.world.call(() -> test.world.groups().get(REGION, GROUP));
  }

  private List<ManagedInstance> members() {
    return test.world.call(() -> test.world.groups().members(REGION, GROUP));
  }

  private List<ManagedInstance> standing() {
    return members().stream().filter(one -> !one.getCurrentAction().equals("DELETING")).toList();
  }

  private long serving() {
    return TestWorld.serving(members());
  }

  private static Map<String, Long> zones(List<ManagedInstance> members) {
    return members.stream()
        .map(one -> one.getInstance().replaceAll(".*/zones/([^/]+)/.*", "$1"))
        .collect(groupingBy(zone -> zone, TreeMap::new, counting()));
  }
}
