package slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import localcloud.balancer.Load;
import localcloud.cli.SeededCloud;
import localcloud.events.FinalizeEvent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tarballs.Kind;
import tarballs.SimulatedDisk;

/**
 * 100 requests a second through the load balancer while the function deploys, goes back and is
 * overtaken. ZeroDowntimeTest shows that the load tells of lost requests where there are some.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NoRequestLostTest {
  /** Draining of 50 s is then 5 s of the system's time, more than a slow request takes. */
  private static final int SPEED = 10;

  private static final String TARGETS =
      """
      {"mir-riseos": {"prefix": "mir-riseos-", "soakSeconds": 5, "maxSurge": "2",
        "canary": {"size": "1", "soakSeconds": 5}, "progressDeadlineSeconds": 150,
        "groups": ["projects/demo/zones/us-west1-a/instanceGroupManagers/mir-riseos-group"]}}
      """;

  @TempDir static Path folder;
  private static SeededCloud cloud;

  @BeforeAll
  static void start() throws Exception {
    cloud = new SeededCloud(folder, SPEED);
    cloud.patch(
        "global/backendServices/mir-riseos-backend",
        "{\"connectionDraining\":{\"drainingTimeoutSec\":50}}");
    // Probes are real requests and take the system's time.
    cloud.patch(
        "global/healthChecks/mir-riseos-health", "{\"checkIntervalSec\":10,\"timeoutSec\":10}");
  }

  @AfterAll
  static void stop() {
    cloud.close();
    assertThat(cloud.unknownRoutes()).isEmpty();
  }

  @Test
  @Order(1)
  void throughCanaryAndRollout() throws Exception {
    Load load = load();
    JsonObject record = deliveries().deploy(upload(SimulatedDisk.healthy("2")));
    requireNoneLost("canary and rollout", load, record, "deployed");
  }

  @Test
  @Order(2)
  void throughRollback() throws Exception {
    Load load = load();
    JsonObject record = deliveries().deploy(upload(SimulatedDisk.healthy("3").unhealthy()));
    requireNoneLost("rollback", load, record, "rolled-back");
  }

  @Test
  @Order(3)
  void throughOvertaking() throws Exception {
    Load load = load();
    FinalizeEvent older = upload(SimulatedDisk.healthy("4"));
    new Deliveries(cloud, Map.of("TARGETS", TARGETS, "CALL_SECONDS", "120")).bring(older);
    assertThat(deliveries().isOpen(older)).isTrue();
    JsonObject record = deliveries().deploy(upload(SimulatedDisk.healthy("5")));
    JsonObject overtaken = deliveries().deploy(older);
    assertThat(overtaken.get("stage").getAsString()).isEqualTo("superseded");
    requireNoneLost("overtaking", load, record, "deployed");
  }

  private static Load load() {
    Instant begun = cloud.clock().instant();
    Load load = Load.start(new Load.Plan(cloud.site(), 90, 10));
    await().atMost(Duration.ofMinutes(1)).until(() -> !cloud.traffic().since(begun).isEmpty());
    return load;
  }

  private static void requireNoneLost(String what, Load load, JsonObject record, String stage)
      throws Exception {
    Load.Result result = load.stop();
    System.out.println(what + ": " + result);
    assertThat(record.get("stage").getAsString()).as(record.toString()).isEqualTo(stage);
    assertThat(result.reasons()).isEmpty();
    assertThat(result.failed()).isZero();
    assertThat(result.answered()).isEqualTo(result.sent()).isPositive();
  }

  private static Deliveries deliveries() throws Exception {
    return new Deliveries(cloud, Map.of("TARGETS", TARGETS));
  }

  private static FinalizeEvent upload(SimulatedDisk disk) throws Exception {
    return cloud.upload("mir-riseos-" + disk.version() + ".tar.gz", Kind.SPARSE, disk);
  }
}
