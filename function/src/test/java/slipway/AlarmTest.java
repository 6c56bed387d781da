package slipway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.alarm.Alarms;
import slipway.alarm.Monitoring.Snooze;
import slipway.fakes.FakeMonitoring;
import slipway.fakes.FakeWorld;
import slipway.fakes.SiteTarget;
import slipway.record.DeploymentRecord;
import slipway.record.Stage;
import slipway.rollout.Instance.Health;
import slipway.settings.AlertPolicyPath;
import slipway.settings.Settings;
import slipway.settings.Size;
import slipway.settings.Target;
import slipway.upload.Upload;
import tarballs.Kind;

/** Deployments of a target with alarms. */
class AlarmTest {
  private static final Duration SOAK = Duration.ofSeconds(600);
  private static final Target.Step ONE = new Target.Step(new Size(1, false), SOAK);
  private static final Settings WITH_CANARY = target(SOAK).canary(ONE).settings();
  private static final Settings AT_ONCE = target(SOAK).settings();
  private static final Settings TWO_WAVES =
      target(SOAK).groups(FakeWorld.GROUP, FakeWorld.SECOND).settings();

  /** Later than any lag that the fake policies have. */
  private static final Duration LATE = Duration.ofSeconds(450);

  private static final Duration EARLY = Duration.ofSeconds(100);

  private final FakeWorld world = new FakeWorld();
  private @Nullable Instant came;
  private int sweeps;

  private static SiteTarget target(Duration soak) {
    return new SiteTarget()
        .deadlines(new Target.Deadlines(soak, Duration.ofSeconds(120), Duration.ofHours(2)))
        .alarms(FakeMonitoring.ERRORS, FakeMonitoring.LATENCY);
  }

  @Test
  void aVersionWithoutAnAlertIsDeployed() throws Exception {
    DeploymentRecord record = deploy(WITH_CANARY);

    assertThat(record.stage()).isEqualTo(Stage.DEPLOYED);
    Alarms alarms = Objects.requireNonNull(record.groups().get(0).progress()).alarms();
    assertThat(alarms).isNotNull();
    assertThat(alarms.lagSeconds()).isEqualTo(390);
    assertThat(alarms.quiet()).isEqualTo(alarms.policies());
    assertThat(alarms.firstNewAt()).isAfterOrEqualTo(alarms.since());
  }

  @Test
  void anAlertOnTheCanaryGoesBackAndBlocksTheDigest() throws Exception {
    openAfter(LATE);

    DeploymentRecord record = deploy(WITH_CANARY);

    assertThat(record.stage()).isEqualTo(Stage.ROLLED_BACK);
    assertThat(record.verdict().code()).isEqualTo("alarm");
    assertThat(record.verdict().message()).contains("projects/demo/alerts/a", "share of 5xx");
    assertThat(record.verdict().nextStep()).contains("Cloud Monitoring");
    assertThat(world.group.templates()).containsOnly(FakeWorld.FIRST);
    assertThat(world.group.patches()).hasSize(2);
    assertThat(deploy(WITH_CANARY).verdict().code()).isEqualTo("held");
  }

  @Test
  void anAlertAfterTheFirstWaveTakesBothBack() throws Exception {
    world.time.afterSleep(
        () -> {
          world.groups.tick();
          if (!world.second.patches().isEmpty()) {
            world.monitoring.open(FakeMonitoring.LATENCY, "a", world.time.instant());
          }
        });

    assertThat(deploy(TWO_WAVES).stage()).isEqualTo(Stage.ROLLED_BACK);

    assertThat(world.group.templates()).containsOnly(FakeWorld.FIRST);
    assertThat(world.second.templates()).containsOnly(FakeWorld.FIRST);
  }

  @Test
  void anAlertThatOpensSoonAndClosesAgainCountsForNothing() throws Exception {
    openAfter(EARLY);
    closeAfter(Duration.ofSeconds(300));

    assertThat(deploy(WITH_CANARY).stage()).isEqualTo(Stage.DEPLOYED);
  }

  @Test
  void anAlertThatOpensSoonAndStaysGoesBackBeforeTheRestFollows() throws Exception {
    openAfter(EARLY);

    DeploymentRecord record = deploy(WITH_CANARY);

    assertThat(record.verdict().code()).isEqualTo("alarm");
    assertThat(record.verdict().message()).contains("was still open 390 s after");
    assertThat(world.group.patches()).hasSize(2);
  }

  @ParameterizedTest(name = "opened {0} s before it, closed {1} s before it: a fix is deployed")
  @CsvSource({"3600, -", "10, -", "3600, 100"})
  void aFixIsDeployedWhileAnOldAlertBurnsAndItsPolicyBlocksNothing(int opened, String closed)
      throws Exception {
    Instant now = world.time.instant();
    world.monitoring.open(FakeMonitoring.ERRORS, "old", now.minusSeconds(opened));
    if (!closed.equals("-")) {
      world.monitoring.close("old", now.minusSeconds(Integer.parseInt(closed)));
    }

    DeploymentRecord record = deploy(AT_ONCE);
    assertThat(record.stage()).isEqualTo(Stage.DEPLOYED);
    assertThat(world.events().contains("alarm.open")).isEqualTo(closed.equals("-"));

    openAfter(LATE);
    DeploymentRecord next = deploy(AT_ONCE, Kind.GPT);
    assertThat(next.verdict().code()).isEqualTo("alarm");
    assertThat(isBlocked(next)).isEqualTo(!closed.equals("-"));
  }

  @Test
  void aPolicyThatWasMadeOrChangedJustNowSaysNothingOfTheTimeBefore() throws Exception {
    world.monitoring.put(
        FakeMonitoring.ERRORS,
        """
        {"displayName": "share of 5xx", "conditions": [{"conditionThreshold": {}}],
          "mutationRecord": {"mutateTime": "2026-11-22T13:40:00Z"}}
        """);
    openAfter(LATE);

    DeploymentRecord record = deploy(AT_ONCE);

    assertThat(record.verdict().code()).isEqualTo("alarm");
    assertThat(isBlocked(record)).isFalse();
  }

  @Test
  void alertsOfOtherPoliciesAreNoneOfItsBusiness() throws Exception {
    world.time.afterSleep(
        () -> {
          world.groups.tick();
          world.monitoring.open(new AlertPolicyPath("demo", "999"), "a", world.time.instant());
        });

    assertThat(deploy(WITH_CANARY).stage()).isEqualTo(Stage.DEPLOYED);
  }

  @Test
  void monitoringThatDoesNotAnswerIsALostLook() throws Exception {
    world.time.afterSleep(
        () -> {
          world.groups.tick();
          boolean patched = !world.group.patches().isEmpty();
          boolean asked = world.time.instant().getEpochSecond() % 3 == 0;
          world.monitoring.lose(patched && asked ? lost() : null);
        });

    assertThat(deploy(WITH_CANARY).stage()).isEqualTo(Stage.DEPLOYED);
    assertThat(world.events()).contains("rollout.look-lost");
  }

  @Test
  void monitoringThatNeverAnswersAgainIsCannotTell() throws Exception {
    world.time.afterSleep(
        () -> {
          world.groups.tick();
          world.monitoring.lose(world.group.patches().isEmpty() ? null : lost());
        });

    DeploymentRecord record = deploy(WITH_CANARY);

    assertThat(record.stage()).isEqualTo(Stage.ROLLED_BACK);
    assertThat(record.verdict().code()).isEqualTo("cannot-tell");
    assertThat(isBlocked(record)).isFalse();
    assertThat(world.group.templates()).containsOnly(FakeWorld.FIRST);
  }

  @Test
  void monitoringThatDoesNotAnswerBeforehandChangesNothing() throws Exception {
    world.monitoring.lose(lost());
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);

    for (int i = 0; i < 3; i++) {
      try {
        deliver(upload, WITH_CANARY);
      } catch (UncheckedIOException again) {
        assertThat(again).hasMessageContaining("503");
      }
    }
    assertThat(world.images.names()).isEmpty();
    world.monitoring.lose(null);
    world.time.sleep(Duration.ofSeconds(61));

    assertThat(atItsEnd(upload, WITH_CANARY).stage()).isEqualTo(Stage.DEPLOYED);
  }

  @Test
  void whatIsIllIsBadWhateverTheAlarmsSay() throws Exception {
    world.group.newInstancesAre(Health.UNHEALTHY);

    assertThat(deploy(WITH_CANARY).verdict().code()).isEqualTo("unhealthy");
  }

  @ParameterizedTest
  @ValueSource(strings = {"deleted", "disabled", "slow", "unknown"})
  void aPolicyThatIsOfNoUseIsToldBeforeAnythingIsMade(String how) throws Exception {
    switch (how) {
      case "deleted" -> world.monitoring.delete(FakeMonitoring.ERRORS);
      case "disabled" -> policy("\"enabled\": false, ", "\"conditionThreshold\": {}");
      case "slow" -> policy("", "\"conditionThreshold\": {\"duration\": \"331s\"}");
      default -> policy("", "\"conditionSql\": {}");
    }

    DeploymentRecord record = deploy(WITH_CANARY);

    assertThat(record.stage()).isEqualTo(Stage.MISCONFIGURED);
    assertThat(record.verdict().code()).isEqualTo("alarms");
    String path = FakeMonitoring.ERRORS.toString();
    String called = "\"share of 5xx\" (" + path + ")";
    assertThat(record.verdict().message())
        .contains(
            switch (how) {
              case "deleted" ->
                  "TARGETS, site, alarms: expected an alert policy that exists, found " + path;
              case "disabled" -> called + " to be enabled and valid, with";
              case "slow" ->
                  "TARGETS, site, steps[0] or canary, soakSeconds: expected at least 601, the lag of "
                      + called
                      + ", found 600.";
              default -> ", found the condition too many of it.";
            });
    assertThat(world.images.names()).isEmpty();
    assertThat(world.group.patches()).isEmpty();
  }

  private void policy(String more, String condition) {
    String form = "{\"displayName\": \"share of 5xx\", MORE \"conditions\": [{CONDITION}]}";
    world.monitoring.put(
        FakeMonitoring.ERRORS,
        form.replace("MORE", more)
            .replace("CONDITION", "\"displayName\": \"too many\", " + condition));
  }

  @ParameterizedTest(name = "a snooze from {0} to {1} s from now is told: {2}")
  @CsvSource({"-10, 3600, true", "600, 3600, false", "-3600, -10, false"})
  void aPolicyThatIsSnoozedIsToldAndStopsNothing(int from, int until, boolean told)
      throws Exception {
    Instant now = world.time.instant();
    world.monitoring.snooze(
        new Snooze(
            List.of(FakeMonitoring.LATENCY.id()), now.plusSeconds(from), now.plusSeconds(until)));

    assertThat(deploy(AT_ONCE).stage()).isEqualTo(Stage.DEPLOYED);

    assertThat(world.events().contains("alarm.snoozed")).isEqualTo(told);
  }

  @Test
  void aHoldBetweenTheWavesLetsNoAlertBy() throws Exception {
    world.time.afterSleep(
        () -> {
          world.groups.tick();
          if (world.second.templates().contains(FakeWorld.FIRST)
              && !world.group.patches().isEmpty()) {
            world.orders.hold("site", true);
          }
        });
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);
    follow(upload, TWO_WAVES);
    for (int i = 0; i < 12; i++) {
      sweep(TWO_WAVES);
    }
    assertThat(world.records.record(upload).verdict().code()).isEqualTo("on-hold");
    world.monitoring.open(FakeMonitoring.ERRORS, "a", world.time.instant());
    world.time.afterSleep(world.groups::tick);
    world.orders.hold("site", false);

    DeploymentRecord record = atItsEnd(upload, TWO_WAVES);

    assertThat(record.verdict().code()).isEqualTo("alarm");
    assertThat(world.second.patches()).isEmpty();
  }

  @Test
  void aStepThatWaitsForAPersonGoesBackOnceAnAlertOpens() throws Exception {
    Settings settings = target(SOAK).canary(ONE).approvedWithin(Duration.ofHours(3)).settings();
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);
    follow(upload, settings);
    for (int i = 0; i < 20; i++) {
      sweep(settings);
    }
    assertThat(world.records.record(upload).verdict().code()).isEqualTo("waiting-for-approval");
    world.monitoring.open(FakeMonitoring.ERRORS, "a", world.time.instant());

    sweep(settings);

    assertThat(world.records.record(upload).verdict().code()).isEqualTo("alarm");
    assertThat(world.group.templates()).containsOnly(FakeWorld.FIRST);
  }

  /** Opens an alert so long after the first instance of a new version. */
  private void openAfter(Duration after) {
    came = null;
    world.time.afterSleep(
        () -> {
          world.groups.tick();
          if (isAfterTheNewVersion(after)) {
            world.monitoring.open(
                FakeMonitoring.ERRORS, "projects/demo/alerts/a", world.time.instant());
          }
        });
  }

  private void closeAfter(Duration after) {
    Runnable opening = world.time.listener();
    world.time.afterSleep(
        () -> {
          opening.run();
          if (isAfterTheNewVersion(after)) {
            world.monitoring.close("projects/demo/alerts/a", world.time.instant());
          }
        });
  }

  private boolean isAfterTheNewVersion(Duration after) {
    boolean mixed = world.group.templates().stream().distinct().count() > 1;
    if (came == null && mixed) {
      came = world.time.instant();
    }
    return came != null && !world.time.instant().isBefore(came.plus(after));
  }

  private boolean isBlocked(DeploymentRecord record) {
    return world.own.isBlocked("site", Objects.requireNonNull(record.artifact()).sha256());
  }

  private static RuntimeException lost() {
    return new UncheckedIOException(new IOException("HTTP 503"));
  }

  private DeploymentRecord deploy(Settings settings) throws Exception {
    return deploy(settings, Kind.SPARSE);
  }

  private DeploymentRecord deploy(Settings settings, Kind kind) throws Exception {
    return atItsEnd(world.upload("site-2.tar.gz", kind), settings);
  }

  private DeploymentRecord atItsEnd(Upload upload, Settings settings) throws Exception {
    follow(upload, settings);
    while (world.records.record(upload).isOpen()) {
      sweep(settings);
    }
    return world.records.record(upload);
  }

  /** Such a soak takes no call: a sweep each minute looks. */
  private void sweep(Settings settings) throws Exception {
    assertThat(sweeps).as("sweeps").isLessThan(300);
    world.time.sleep(Duration.ofMinutes(1));
    follow(world.sweep(), settings);
    sweeps++;
  }

  /** The event, and those of the notes that it leads to. */
  private void follow(Upload event, Settings settings) throws Exception {
    int before = world.handoffs.events().size();
    deliver(event, settings);
    for (int i = before; i < world.handoffs.events().size(); i++) {
      deliver(world.handoffs.events().get(i), settings);
    }
  }

  private void deliver(Upload event, Settings settings) throws Exception {
    Intakes.of(world, settings, settings.call()).take(event);
  }
}
