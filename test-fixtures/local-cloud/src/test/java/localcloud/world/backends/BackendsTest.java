package localcloud.world.backends;

import static localcloud.world.TestWorld.GOOD;
import static localcloud.world.TestWorld.GROUP;
import static localcloud.world.TestWorld.ZONE;
import static localcloud.world.TestWorld.fixed;
import static localcloud.world.TestWorld.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.compute.v1.Backend;
import com.google.cloud.compute.v1.BackendService;
import com.google.cloud.compute.v1.ConnectionDraining;
import com.google.cloud.compute.v1.HealthStatus;
import com.google.cloud.compute.v1.ManagedInstance;
import com.google.cloud.compute.v1.NamedPort;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import localcloud.world.TestWorld;
import localcloud.world.places.Links;
import localcloud.world.refusals.ApiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackendsTest {
  private static final String SERVICE = "web-backend";
  private static final String MANAGED = "projects/demo/zones/us-west1-a/instanceGroups/" + GROUP;
  @TempDir Path folder;
  private TestWorld test;
  private final List<Rotation> told = new ArrayList<>();

  @BeforeEach
  void prepare() throws Exception {
    test = new TestWorld(folder);
    test.groupOfThree();
    test.version("b", GOOD);
    test.world.balanceBy(told::add);
  }

  @AfterEach
  void closeWhatTheMachinesOpened() {
    test.world.call(
        () -> {
          test.world.backends().list().forEach(one -> test.world.backends().delete(one.getName()));
          return test.world.groups().delete(ZONE, GROUP);
        });
  }

  @Test
  void aBackendServiceHasGooglesDefaultsAndFullLinks() {
    insert(service(MANAGED, 0).toBuilder().clearConnectionDraining().build());
    BackendService made = test.world.call(() -> test.world.backends().get(SERVICE));
    assertThat(made.getProtocol()).isEqualTo("HTTP");
    assertThat(made.getPortName()).isEqualTo("http");
    assertThat(made.getTimeoutSec()).isEqualTo(30);
    assertThat(made.getLoadBalancingScheme()).isEqualTo("EXTERNAL");
    assertThat(made.getConnectionDraining().getDrainingTimeoutSec()).isZero();
    assertThat(made.getBackends(0).getGroup()).isEqualTo(Links.ROOT + MANAGED);
    assertThat(made.getBackends(0).getBalancingMode()).isEqualTo("UTILIZATION");
    assertThat(made.getHealthChecks(0)).startsWith(Links.ROOT).endsWith("/healthChecks/http");
  }

  @Test
  void sharesWhatTheAutohealingCheckHasFound() {
    assertThat(told).isEmpty();
    insert(service(MANAGED, 0));
    assertThat(served()).hasSize(3);
    assertThat(states()).containsExactly("HEALTHY", "HEALTHY", "HEALTHY");
  }

  @Test
  void asksByACheckOfItsOwnAndTrustsNobodyBefore() {
    insert(service(MANAGED, 0, ownCheck(10)));
    assertThat(served()).isEmpty();
    assertThat(states()).containsExactly("UNHEALTHY", "UNHEALTHY", "UNHEALTHY");
    test.pass(25);
    assertThat(served()).hasSize(3);
  }

  @Test
  void anInstanceThatIsUnhealthyGetsNoRequests() throws Exception {
    test.version("mute", "{\"version\":\"3\",\"bootSeconds\":1,\"hangsAfterSeconds\":100}");
    insert(service(MANAGED, 0, ownCheck(5)));
    test.roll(of("a"), of("mute", fixed(1)));
    while (served().stream().noneMatch(one -> one.version().equals("mute"))) {
      test.pass(1);
    }
    test.pass(110);
    assertThat(served()).extracting(Rotation.Serving::version).containsOnly("a");
  }

  @Test
  void tellsAddressAndNamedPort() {
    NamedPort web = NamedPort.newBuilder().setName("http").setPort(8081).build();
    test.world.call(() -> test.world.groups().setNamedPorts(ZONE, GROUP, null, List.of(web)));
    insert(service(MANAGED, 0));
    assertThat(health())
        .allSatisfy(
            one -> {
              assertThat(one.getPort()).isEqualTo(8081);
              assertThat(one.getIpAddress()).startsWith("10.138.");
              assertThat(one.getInstance()).contains("/zones/us-west1-a/instances/web-");
            });
  }

  @Test
  void anInstanceThatGoesGetsNoNewRequestsAndRunsOnWhileItIsDrained() {
    insert(service(MANAGED, 30));
    List<Rotation.Serving> before = served();
    test.world.call(() -> test.world.groups().resize(ZONE, GROUP, 2));
    assertThat(served()).hasSize(2);
    ManagedInstance leaving = going();
    assertThat(leaving.getInstanceStatus()).isEqualTo("RUNNING");
    assertThat(leaving.getInstanceHealth(0).getDetailedHealthState()).isEqualTo("DRAINING");
    assertThat(states()).containsExactlyInAnyOrder("HEALTHY", "HEALTHY", "UNHEALTHY");
    test.pass(29);
    assertThat(going().getInstanceStatus()).isEqualTo("RUNNING");
    test.pass(1);
    assertThat(going().getInstanceStatus()).isEqualTo("STOPPING");
    test.pass(10);
    assertThat(test.members()).hasSize(2);
    assertThat(before).containsAll(served());
  }

  @Test
  void withoutDrainingAnInstanceGoesAtOnce() {
    insert(service(MANAGED, 0));
    test.world.call(() -> test.world.groups().resize(ZONE, GROUP, 2));
    assertThat(going().getInstanceStatus()).isEqualTo("STOPPING");
  }

  @Test
  void ofSeveralServicesTheLongestDrainingHoldsAndTheFirstServes() {
    insert(service(MANAGED, 10));
    insert(service(MANAGED, 20).toBuilder().setName("another").build());
    assertThat(told.get(told.size() - 1).service()).isEqualTo(SERVICE);
    test.world.call(() -> test.world.groups().resize(ZONE, GROUP, 2));
    test.pass(19);
    assertThat(going().getInstanceStatus()).isEqualTo("RUNNING");
    test.pass(1);
    assertThat(going().getInstanceStatus()).isEqualTo("STOPPING");
  }

  @ParameterizedTest
  @ValueSource(strings = {"SUBSTITUTE", "RECREATE"})
  void aWholeRolloutTakesEachOldInstanceOutBeforeItStops(String method) {
    insert(service(MANAGED, 15));
    test.patch(
        group -> {
          group.clearVersions().addVersions(of("b"));
          boolean recreate = method.equals("RECREATE");
          group
              .getUpdatePolicyBuilder()
              .setReplacementMethod(method)
              .setMaxSurge(fixed(recreate ? 0 : 1))
              .setMaxUnavailable(fixed(recreate ? 1 : 0));
          return group;
        });
    Set<String> drained = new TreeSet<>();
    for (int second = 0; second < 400; second++) {
      assertThat(served()).hasSizeGreaterThanOrEqualTo(method.equals("RECREATE") ? 2 : 3);
      for (ManagedInstance one : test.members()) {
        if (one.getInstanceStatus().equals("STOPPING")) {
          assertThat(drained).contains(one.getName());
        }
        if (one.getInstanceHealthCount() > 0
            && one.getInstanceHealth(0).getDetailedHealthState().equals("DRAINING")) {
          drained.add(one.getName());
          assertThat(served())
              .extracting(Rotation.Serving::instance)
              .doesNotContain(one.getInstance());
        }
      }
      test.pass(1);
    }
    assertThat(drained).hasSize(3);
    assertThat(served()).hasSize(3).extracting(Rotation.Serving::version).containsOnly("b");
  }

  @Test
  void allMayGoAtOnceOnceAsManyNewOnesServe() {
    insert(service(MANAGED, 15));
    test.patch(
        group -> {
          group.clearVersions().addVersions(of("b"));
          group.getUpdatePolicyBuilder().setMaxSurge(fixed(3));
          return group;
        });
    for (int tenth = 0; tenth < 1000; tenth++) {
      assertThat(served()).hasSizeGreaterThanOrEqualTo(3);
      test.clock.advance(java.time.Duration.ofMillis(100));
      test.world.advance();
    }
    assertThat(served()).hasSize(3).extracting(Rotation.Serving::version).containsOnly("b");
  }

  @Test
  void aGroupAndACheckInUseAreNotDeleted() {
    insert(service(MANAGED, 0, ownCheck(5)));
    assertRefused(
        () -> test.world.groups().delete(ZONE, GROUP),
        "'projects/demo/global/backendServices/web-backend'");
    assertRefused(
        () -> test.world.healthChecks().delete("own"),
        "The health_check resource 'projects/demo/global/healthChecks/own' is already being used");
  }

  @Test
  void refusesWhatItWouldForgetOrCannotBe() {
    BackendService good = service(MANAGED, 0);
    assertRefused(
        () -> test.world.backends().insert(service("zones/us-west1-a/instanceGroups/x", 0)),
        "The resource 'projects/demo/zones/us-west1-a/instanceGroups/x' was not found");
    refuses(good.toBuilder().clearHealthChecks(), "'resource.healthChecks' not specified");
    refuses(good.toBuilder().setProtocol("HTTPS"), "backendService.protocol 'HTTPS'");
    refuses(good.toBuilder().setSessionAffinity("CLIENT_IP"), "sessionAffinity 'CLIENT_IP'");
    refuses(good.toBuilder().setEnableCDN(true), "backendService.enableCDN");
    refuses(good.toBuilder().setSecurityPolicy("p"), "backendService.securityPolicy");
    refuses(good.toBuilder().addBackends(good.getBackends(0)), "only once");
    refuses(service(MANAGED, 3601).toBuilder(), "Must be between 0 and 3600, inclusive.");
    BackendService.Builder half = good.toBuilder();
    half.getBackendsBuilder(0).setCapacityScaler(0.5f);
    refuses(half, "capacityScaler");
  }

  @Test
  void aChangeNeedsTheFingerprintThatItRead() {
    insert(service(MANAGED, 0));
    assertRefused(
        () -> test.world.backends().change("patch", SERVICE, "stale", now -> now),
        "Supplied fingerprint does not match current");
    String fingerprint = test.world.call(() -> test.world.backends().get(SERVICE)).getFingerprint();
    test.world.call(
        () ->
            test.world
                .backends()
                .change(
                    "patch", SERVICE, fingerprint, now -> now.toBuilder().clearBackends().build()));
    assertThat(served()).isEmpty();
  }

  private void refuses(BackendService.Builder asked, String why) {
    assertRefused(() -> test.world.backends().insert(asked.build()), why);
  }

  private void assertRefused(java.util.function.Supplier<?> call, String why) {
    assertThatThrownBy(() -> test.world.call(call))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining(why);
  }

  private void insert(BackendService service) {
    test.world.call(() -> test.world.backends().insert(service));
  }

  private String ownCheck(int interval) {
    test.world.call(
        () ->
            test.world
                .healthChecks()
                .insert(
                    test.world.healthChecks().get("http").toBuilder()
                        .setName("own")
                        .setCheckIntervalSec(interval)
                        .build()));
    return "own";
  }

  private static BackendService service(String group, int draining) {
    return service(group, draining, "http");
  }

  private static BackendService service(String group, int draining, String check) {
    return BackendService.newBuilder()
        .setName(SERVICE)
        .addHealthChecks("global/healthChecks/" + check)
        .addBackends(Backend.newBuilder().setGroup(group))
        .setConnectionDraining(ConnectionDraining.newBuilder().setDrainingTimeoutSec(draining))
        .build();
  }

  /** As last told; a group takes its steps at this instant, but after the call that causes them. */
  private List<Rotation.Serving> served() {
    test.world.advance();
    return told.isEmpty() ? List.of() : told.get(told.size() - 1).serving();
  }

  private List<HealthStatus> health() {
    return test.world
        .call(() -> test.world.backends().health(SERVICE, MANAGED))
        .getHealthStatusList();
  }

  private List<String> states() {
    return health().stream().map(HealthStatus::getHealthState).collect(Collectors.toList());
  }

  private ManagedInstance going() {
    return test.members().stream()
        .filter(one -> one.getCurrentAction().equals("DELETING"))
        .findFirst()
        .orElseThrow();
  }
}
