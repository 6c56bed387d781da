package slipway;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.alarm.Monitoring;
import slipway.artifact.ArtifactSource;
import slipway.deployment.Handoffs;
import slipway.deployment.Orders;
import slipway.fakes.FakeWorld;
import slipway.fakes.SiteTarget;
import slipway.gcp.Ports;
import slipway.image.Images;
import slipway.image.ProvenStore;
import slipway.record.DeploymentRecord;
import slipway.record.GroupState;
import slipway.record.GroupState.State;
import slipway.record.OpenMarkers;
import slipway.record.Records;
import slipway.record.Stage;
import slipway.rollout.Groups;
import slipway.rollout.Instance.Health;
import slipway.rollout.TargetStates;
import slipway.settings.Settings;
import slipway.settings.Size;
import slipway.settings.Target;
import slipway.settings.TemplatePath;
import slipway.template.Templates;
import slipway.upload.Upload;
import tarballs.Kind;

/** A soak longer than five minutes takes no call; a sweep each minute looks once. */
class SoakTest {
  private static final Duration CALL = Duration.ofSeconds(540);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);

  /** What a request takes at the most, as a rule; the fakes take none. */
  private static final Duration REQUEST = Duration.ofMillis(100);

  private static final Settings SOAKS = settings(Duration.ofSeconds(20), HOUR);

  private final FakeWorld world = new FakeWorld();
  private Duration request = Duration.ZERO;
  private Duration busy = Duration.ZERO;
  private int delivered;

  @Test
  void anHourOfSoakTakesNoCallAndGoesOnByItselfWhenItIsDue() throws Exception {
    Upload upload = soaking(SOAKS);

    DeploymentRecord record = world.records.record(upload);
    assertThat(record.lease()).isNull();
    assertThat(record.stage()).isEqualTo(Stage.SOAKING);
    assertThat(record.groups().get(0).state()).isEqualTo(State.SOAKING);
    assertThat(world.handoffs.events()).isEmpty();
    String json = world.records.json(upload).orElseThrow();
    sweep(SOAKS, 58);
    assertThat(world.handoffs.events()).isEmpty();
    assertThat(world.records.json(upload)).as("nothing to note").contains(json);

    sweep(SOAKS, 3);

    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.DEPLOYED);
    assertThat(world.handoffs.events()).hasSize(1);
    assertThat(world.log().get(world.log().size() - 3).get("message").getAsString())
        .contains("have been for 3600 s");
  }

  @Test
  void aStepSoaksForDaysAndTheTotalDeadlineIsNoneOfItsBusiness() throws Exception {
    Settings settings = settings(Duration.ofHours(48), Duration.ofSeconds(60));
    Upload upload = soaking(settings);
    GroupState group = world.records.record(upload).groups().get(0);
    assertThat(group.state()).isEqualTo(State.CANARY);
    assertThat(group.step()).isEqualTo(new GroupState.Step(1, 1, "1", 172_800));

    sweep(settings, 48 * 60 - 1);
    assertThat(world.group.patches()).hasSize(1);
    sweep(settings, 2);

    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.DEPLOYED);
    assertThat(world.group.patches()).hasSize(2);
  }

  @Test
  void whatTurnsBadGoesBackAndTheSweepFindsItWithinAMinute() throws Exception {
    Upload upload = soaking(SOAKS);
    sweep(SOAKS, 20);
    world.group.becomes(newTemplate(upload), Health.UNHEALTHY);

    sweep(SOAKS, 1);

    DeploymentRecord record = world.records.record(upload);
    assertThat(record.stage()).isEqualTo(Stage.ROLLED_BACK);
    assertThat(record.verdict().code()).isEqualTo("unhealthy");
    assertThat(world.group.templates()).containsOnly(FakeWorld.FIRST);
  }

  @Test
  void aSoakThatLapsesStartsAgain() throws Exception {
    Upload upload = soaking(SOAKS);
    sweep(SOAKS, 50);
    TemplatePath fresh = newTemplate(upload);
    world.group.becomes(fresh, Health.UNHEALTHY);
    world.time.afterSleep(
        () -> {
          world.groups.tick();
          world.group.becomes(fresh, Health.HEALTHY);
        });
    // The sweep sees it ill, and so does the call that it hands the deployment to.
    sweepWithoutAMinute(SOAKS);

    sweep(SOAKS, 50);
    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.SOAKING);
    sweep(SOAKS, 12);
    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.DEPLOYED);
  }

  @Test
  void oneLostLookSaysNothingAndTooManyGoBack() throws Exception {
    Upload upload = soaking(SOAKS);
    world.group.lose(new IllegalStateException("503"));
    sweep(SOAKS, 1);
    assertThat(world.records.record(upload).lease()).isNull();
    world.group.lose(null);
    sweep(SOAKS, 3);
    assertThat(world.handoffs.events()).isEmpty();
    assertThat(world.events()).containsOnlyOnce("rollout.look-lost");

    world.group.lose(new IllegalStateException("503"));
    sweep(SOAKS, 2);
    assertThat(world.handoffs.events()).isEmpty();
    world.time.sleep(MINUTE);
    world.time.afterSleep(
        () -> {
          world.groups.tick();
          world.group.lose(null);
        });
    sweepWithoutAMinute(SOAKS);

    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.ROLLED_BACK);
    assertThat(world.records.record(upload).verdict().code()).isEqualTo("cannot-tell");
  }

  @Test
  void anotherVersionInTheGroupIsMet() throws Exception {
    Upload upload = soaking(SOAKS);
    world.group.tell(new TemplatePath("projects/demo/global/instanceTemplates/by-hand"));

    sweep(SOAKS, 1);

    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.SUPERSEDED);
  }

  @Test
  void aLaterUploadTakesOverMeanwhile() throws Exception {
    Upload first = soaking(SOAKS);
    Upload later = world.upload("site-3.tar.gz", Kind.GPT);
    deliver(later, SOAKS);

    sweep(SOAKS, 62);

    assertThat(world.records.record(first).stage()).isEqualTo(Stage.SUPERSEDED);
    assertThat(world.records.record(later).stage()).isEqualTo(Stage.DEPLOYED);
  }

  @Test
  void anOperatorsHoldKeepsWhatHasSoaked() throws Exception {
    Settings settings = settings(HOUR, Duration.ofSeconds(60));
    Upload upload = soaking(settings);
    world.orders.hold("site", true);
    sweep(settings, 61);
    assertThat(world.records.record(upload).verdict().code()).isEqualTo("on-hold");
    int calls = delivered;
    int notes = world.handoffs.events().size();

    sweep(settings, 100);
    assertThat(delivered - calls).as("the sweeps alone").isEqualTo(100);
    assertThat(world.handoffs.events()).hasSize(notes);
    world.orders.hold("site", false);
    sweep(settings, 1);

    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.DEPLOYED);
  }

  @Test
  void eventsThatComeTwiceOrLateChangeNothing() throws Exception {
    Upload upload = soaking(SOAKS);
    deliver(upload, SOAKS);
    Upload twice = world.sweep();
    deliver(twice, SOAKS);
    deliver(twice, SOAKS);
    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.SOAKING);

    world.time.sleep(HOUR);
    deliver(twice, SOAKS);
    assertThat(world.handoffs.events()).as("older than two minutes").isEmpty();
    Upload again = world.sweep();
    deliver(again, SOAKS);
    deliver(again, SOAKS);
    assertThat(world.handoffs.events()).hasSize(1);
    deliver(world.handoffs.last(), SOAKS);
    deliver(world.handoffs.last(), SOAKS);

    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.DEPLOYED);
    assertThat(world.events()).containsOnlyOnce("deployment.finished");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void anHourOfSoakCostsAtMostAMinuteOfFunctionTime(int seconds) throws Exception {
    request = REQUEST;
    Settings without = settings(Duration.ofSeconds(seconds), Duration.ofSeconds(60));
    soaking(without);
    Duration usual = busy;
    int calls = delivered;
    busy = Duration.ZERO;
    delivered = 0;
    Settings settings = settings(Duration.ofSeconds(seconds), HOUR);
    Upload upload = world.upload("site-3.tar.gz", Kind.GPT);
    deliver(upload, settings);
    sweep(settings, 61);

    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.DEPLOYED);
    System.out.println(
        "Function time of a deployment, at 0.1 s a request: "
            + usual.toMillis() / 1000.0
            + " s in "
            + calls
            + " call(s); with an hour of soak "
            + busy.toMillis() / 1000.0
            + " s in "
            + delivered);
    assertThat(busy).isLessThan(usual.plusSeconds(60));
  }

  @Test
  void whatASweepHasNoTimeToLookAtGetsACallOfItsOwn() throws Exception {
    soaking(SOAKS);
    request = Duration.ofSeconds(14);
    deliver(world.sweep(), SOAKS);
    assertThat(world.handoffs.events()).as("its 40 s are over").isEmpty();

    request = Duration.ofSeconds(11);
    deliver(world.sweep(), SOAKS);
    assertThat(world.handoffs.events()).as("the 30 s for looks are over").hasSize(1);
  }

  private static Settings settings(Duration step, Duration soak) {
    return new SiteTarget()
        .steps(List.of(new Target.Step(new Size(1, false), step)))
        .deadlines(new Target.Deadlines(soak, Duration.ofSeconds(120), Duration.ofSeconds(1200)))
        .settings();
  }

  /** An upload that has come as far as one call takes it. */
  private Upload soaking(Settings settings) throws Exception {
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);
    deliver(upload, settings);
    return upload;
  }

  private TemplatePath newTemplate(Upload upload) {
    return world.records.record(upload).groups().get(0).newTemplate();
  }

  private void sweep(Settings settings, int minutes) throws Exception {
    for (int i = 0; i < minutes; i++) {
      world.time.sleep(MINUTE);
      sweepWithoutAMinute(settings);
    }
  }

  /** The scheduler's event, and those of the notes that it leads to. */
  private void sweepWithoutAMinute(Settings settings) throws Exception {
    int before = world.handoffs.events().size();
    deliver(world.sweep(), settings);
    for (int i = before; i < world.handoffs.events().size(); i++) {
      deliver(world.handoffs.events().get(i), settings);
    }
  }

  private void deliver(Upload event, Settings settings) throws Exception {
    Instant begun = world.time.instant();
    delivered++;
    Intakes.of(world, slow(), settings, CALL).take(event);
    busy = busy.plus(Duration.between(begun, world.time.instant()));
  }

  private Ports slow() {
    return new Ports(
        slow(ArtifactSource.class, world.buckets),
        slow(ProvenStore.class, world.buckets),
        slow(Records.class, world.records),
        slow(OpenMarkers.class, world.own),
        slow(Handoffs.class, world.handoffs),
        slow(Orders.class, world.orders),
        slow(Images.class, world.images),
        slow(Templates.class, world.templates),
        slow(Groups.class, world.groups),
        slow(Monitoring.class, world.monitoring),
        slow(TargetStates.class, world.own),
        world.own,
        world.own);
  }

  /** Each request takes its time. */
  private <T> T slow(Class<T> port, T fake) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (self, method, arguments) -> {
              if (!request.isZero()) {
                world.time.sleep(request);
              }
              try {
                return method.invoke(fake, arguments);
              } catch (InvocationTargetException failed) {
                throw failed.getCause();
              }
            }));
  }
}
