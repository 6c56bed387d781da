package localcloud.world.groups;

import static localcloud.world.TestWorld.GOOD;
import static localcloud.world.TestWorld.GROUP;
import static localcloud.world.TestWorld.ZONE;
import static localcloud.world.TestWorld.asked;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.compute.v1.HTTPHealthCheck;
import com.google.cloud.compute.v1.HealthCheck;
import com.google.cloud.compute.v1.InstanceGroupManager;
import com.google.cloud.compute.v1.InstanceGroupManagerAutoHealingPolicy;
import com.google.cloud.compute.v1.ManagedInstance;
import java.nio.file.Path;
import localcloud.world.TestWorld;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthTest {
  private static final int START = 20;
  @TempDir Path folder;
  private TestWorld test;

  @BeforeEach
  void prepare() throws Exception {
    test = new TestWorld(folder);
  }

  /** Every 5 s; healthy and unhealthy after two in a row; boots in 5 s. */
  @ParameterizedTest
  @CsvSource({
    "'', HEALTHY",
    "'\"status\":204', UNHEALTHY",
    "'\"status\":404', UNHEALTHY",
    "'\"healthy\":false', UNHEALTHY",
    "'\"answerSeconds\":5', HEALTHY",
    "'\"answerSeconds\":5.1', TIMEOUT",
    "'\"hangsAfterSeconds\":1', TIMEOUT",
    "'\"bootSeconds\":100', TIMEOUT",
  })
  void tellsWhatTheAnswersComeTo(String how, String state) throws Exception {
    one("{\"version\":\"1\"" + (how.isEmpty() ? "" : "," + how) + "}", 60, check(5, 2));
    test.pass(START + 10);
    assertThat(health()).isEqualTo(state);
  }

  @Test
  void isUnknownUntilAsManyAnswersAgreeAsTheThresholdSays() throws Exception {
    one(GOOD, 60, check(5, 2));
    test.pass(START + 9);
    assertThat(health()).isEqualTo("UNKNOWN");
    assertThat(member().getCurrentAction()).isEqualTo("VERIFYING");
    test.pass(1);
    assertThat(health()).isEqualTo("HEALTHY");
    assertThat(member().getCurrentAction()).isEqualTo("NONE");
  }

  @Test
  void anAnswerMustHoldTheTextThatTheCheckAsksFor() throws Exception {
    HealthCheck.Builder check = check(5, 2).toBuilder();
    check.getHttpHealthCheckBuilder().setResponse("version 2");
    one(GOOD, 60, check.build());
    test.pass(START + 10);
    assertThat(health()).isEqualTo("UNHEALTHY");
  }

  @Test
  void failuresBeforeTheFirstSuccessAreForgivenDuringTheInitialDelay() throws Exception {
    one("{\"bootSeconds\":100}", 120, check(5, 2));
    test.pass(START + 110);
    assertThat(member().getCurrentAction()).isEqualTo("NONE");
    assertThat(test.group().getStatus().getIsStable()).isTrue();
  }

  @Test
  void whoBootsLongerThanTheInitialDelayNeverGetsReady() throws Exception {
    one("{\"bootSeconds\":100}", 60, check(5, 2));
    test.pass(START + 60);
    assertThat(member().getCurrentAction()).isEqualTo("RECREATING");
    test.pass(7200);
    assertThat(test.group().getStatus().getIsStable()).isFalse();
  }

  @Test
  void theFirstSuccessEndsTheInitialDelay() throws Exception {
    one("{\"hangsAfterSeconds\":17}", 3600, check(5, 2));
    test.pass(START + 15);
    assertThat(health()).isEqualTo("HEALTHY");
    test.pass(10);
    assertThat(member().getCurrentAction()).isEqualTo("RECREATING");
  }

  /**
   * The 2016 write-up: "health-check monitors that'll restart any crashed instance every 30
   * seconds", on machines that "boot in less than 100ms". A crash is a machine that has ended: its
   * group sees that by itself, long before the check would.
   */
  @Test
  void aCrashedInstanceAnswersAgainWithin30SecondsThoughItsCheckRunsEvery30() throws Exception {
    one("{\"bootSeconds\":0.1,\"diesAfterSeconds\":101}", 60, check(30, 1));
    test.pass(START + 100);
    assertThat(health()).isEqualTo("HEALTHY");
    long before = member().getId();
    test.pass(1 + 30);
    assertThat(member().getInstanceStatus()).isEqualTo("RUNNING");
    assertThat(member().getId()).isNotEqualTo(before);
    String console =
        test.world.call(() -> test.world.instances().console(ZONE, member().getName()).text());
    assertThat(console).contains("booted").doesNotContain("halted");
  }

  /** An instance that hangs still runs: only the check can find it, at its next question. */
  @Test
  void anInstanceThatHangsIsRestartedAtTheNextCheckOf30Seconds() throws Exception {
    one("{\"bootSeconds\":0.1,\"hangsAfterSeconds\":61}", 60, check(30, 1));
    test.pass(START + 60);
    assertThat(health()).isEqualTo("HEALTHY");
    test.pass(1 + 30);
    assertThat(member().getCurrentAction()).isEqualTo("RECREATING");
  }

  @Test
  void anotherIntervalHoldsFromTheNextQuestionOn() throws Exception {
    one(GOOD, 60, check(60, 1));
    test.world.call(() -> test.world.healthChecks().patch("own", now -> check(5, 1)));
    test.pass(START + 60);
    assertThat(health()).isEqualTo("HEALTHY");
  }

  private void one(String behaviour, int initialDelay, HealthCheck check) throws Exception {
    test.version("a", behaviour);
    test.world.call(() -> test.world.healthChecks().insert(check));
    InstanceGroupManager.Builder group = asked("a", 1).toBuilder().clearAutoHealingPolicies();
    group.addAutoHealingPolicies(
        InstanceGroupManagerAutoHealingPolicy.newBuilder()
            .setHealthCheck("global/healthChecks/own")
            .setInitialDelaySec(initialDelay));
    test.insert(group.build());
  }

  private static HealthCheck check(int interval, int threshold) {
    return HealthCheck.newBuilder()
        .setName("own")
        .setType("HTTP")
        .setCheckIntervalSec(interval)
        .setTimeoutSec(5)
        .setHealthyThreshold(threshold)
        .setUnhealthyThreshold(threshold)
        .setHttpHealthCheck(HTTPHealthCheck.newBuilder().setPort(80))
        .build();
  }

  private ManagedInstance member() {
    return test.world.call(() -> test.world.groups().members(ZONE, GROUP)).get(0);
  }

  private String health() {
    return member().getInstanceHealth(0).getDetailedHealthState();
  }
}
