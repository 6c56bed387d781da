package localcloud.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import localcloud.balancer.Load;
import localcloud.balancer.Second;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tarballs.SimulatedDisk;

/** 200 requests a second during whole rollouts, half over kept-alive connections. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ZeroDowntimeTest {
  /** Draining of 100 s is then 10 s of the system's time, five times what a slow request takes. */
  private static final int SPEED = 10;

  private static final String BACKEND = "global/backendServices/mir-riseos-backend";

  /** The check's: requests are real and take the system's time, however busy the machine is. */
  private static final Duration HEALTH_TIMEOUT = Duration.ofSeconds(10);

  @TempDir static Path folder;
  private static SeededCloud cloud;

  @BeforeAll
  static void start() throws Exception {
    cloud = new SeededCloud(folder, SPEED);
    cloud.version("mir-riseos-2", SimulatedDisk.healthy("2"));
    cloud.patch(
        "global/healthChecks/mir-riseos-health",
        "{\"checkIntervalSec\":10,\"timeoutSec\":" + HEALTH_TIMEOUT.toSeconds() + "}");
    warmUp();
  }

  /** What the JVM has yet to compile is not what is measured. */
  private static void warmUp() throws Exception {
    Instant begun = cloud.clock().instant();
    Load load = Load.start(cloud.site(), 200);
    await().atMost(Duration.ofMinutes(1)).until(() -> answered(begun) > 1000);
    assertThat(load.stop().reasons()).isEmpty();
  }

  @AfterAll
  static void stop() {
    if (cloud != null) {
      cloud.close();
    }
  }

  @Test
  @Order(1)
  void aRolloutWithDrainingLosesNoRequest() throws Exception {
    cloud.patch(BACKEND, "{\"connectionDraining\":{\"drainingTimeoutSec\":100}}");
    Instant begun = nextSecond();
    Load.Result result = rollUnderLoad("mir-riseos-2");

    System.out.println("rollout with draining: " + result);
    assertThat(result.reasons()).isEmpty();
    assertThat(result.failed()).isZero();
    assertThat(result.answered()).isEqualTo(result.sent());
    assertThat(result.byVersion()).containsOnlyKeys("version 1", "version 2");
    assertThat(result.slowest()).isLessThan(HEALTH_TIMEOUT);
    await().until(() -> answered(begun) == result.answered());
    assertThat(counted(begun, "mir-riseos-1")).isEqualTo(result.byVersion().get("version 1"));
    assertThat(counted(begun, "mir-riseos-2")).isEqualTo(result.byVersion().get("version 2"));
    assertThat(cloud.traffic().since(begun)).extracting(Second::failed).containsOnly(0);
  }

  @Test
  @Order(2)
  void theSameWithoutDrainingLosesSome() throws Exception {
    cloud.patch(BACKEND, "{\"connectionDraining\":{\"drainingTimeoutSec\":0}}");
    Instant begun = nextSecond();
    Load.Result result = rollUnderLoad("mir-riseos-1");

    System.out.println("rollout without draining: " + result);
    assertThat(result.failed()).isPositive();
    assertThat(result.answered() + result.failed()).isEqualTo(result.sent());
    await()
        .untilAsserted(
            () ->
                assertThat(cloud.traffic().since(begun).stream().mapToInt(Second::failed).sum())
                    .isEqualTo(result.failed()));
  }

  @Test
  @Order(3)
  void asksForNothingThatIsNotThere() {
    assertThat(cloud.unknownRoutes()).isEmpty();
  }

  /** What is counted in it and later has not begun yet. */
  private static Instant nextSecond() throws InterruptedException {
    Instant next = cloud.clock().instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    cloud.clock().sleepUntil(next);
    return next;
  }

  private static Load.Result rollUnderLoad(String template) throws Exception {
    Instant begun = cloud.clock().instant();
    Load load = Load.start(new Load.Plan(cloud.site(), 180, 20));
    await().atMost(Duration.ofMinutes(1)).until(() -> answered(begun) > 200);
    cloud.roll(template, 1);
    return load.stop();
  }

  private static int answered(Instant from) {
    return cloud.traffic().since(from).stream()
        .flatMap(second -> second.answered().values().stream())
        .mapToInt(Integer::intValue)
        .sum();
  }

  private static int counted(Instant from, String template) {
    List<Second> seconds = cloud.traffic().since(from);
    return seconds.stream().mapToInt(one -> one.answered().getOrDefault(template, 0)).sum();
  }
}
