package slipway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import slipway.fakes.FakeWorld;
import slipway.fakes.SiteTarget;
import slipway.record.DeploymentRecord;
import slipway.record.GroupState.State;
import slipway.record.Stage;
import slipway.rollout.Instance.Health;
import slipway.rollout.Version;
import slipway.settings.Settings;
import slipway.settings.Size;
import slipway.settings.Target;
import slipway.settings.TemplatePath;
import slipway.upload.Upload;
import tarballs.Kind;

/** An operator's hold stops what goes forward, loses nothing, and lets what is bad go back. */
class HoldTest {
  private static final Target.Step ONE_FIRST =
      new Target.Step(new Size(1, false), Duration.ofSeconds(60));
  private static final Settings ONE_GROUP = new SiteTarget().settings();
  private static final Settings WITH_CANARY = new SiteTarget().canary(ONE_FIRST).settings();
  private static final Settings TWO_WAVES =
      new SiteTarget().groups(FakeWorld.GROUP, FakeWorld.SECOND).settings();

  private final FakeWorld world = new FakeWorld();

  @Test
  void aGoodUploadWaitsAndNothingIsMadeOfIt() throws Exception {
    world.orders.hold("site", true);
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);
    deliver(upload, ONE_GROUP);

    DeploymentRecord record = world.records.record(upload);
    assertThat(record.stage()).isEqualTo(Stage.PROVEN);
    assertThat(record.verdict().code()).isEqualTo("on-hold");
    assertThat(record.verdict().message()).contains("gs://private/orders/site/hold");
    assertThat(record.verdict().nextStep()).isEqualTo("gsutil rm gs://private/orders/site/hold");
    assertThat(record.isLeased(world.time.instant())).isFalse();
    assertThat(world.images.names()).isEmpty();
    assertThat(world.templates.paths()).hasSize(1);
    assertThat(world.handoffs.events()).isEmpty();
  }

  @Test
  void aHoldAtItsPlaceInEarlierVersionsIsReadToo() throws Exception {
    world.orders.holdAsBefore("site");
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);
    deliver(upload, ONE_GROUP);

    DeploymentRecord record = world.records.record(upload);
    assertThat(record.verdict().code()).isEqualTo("on-hold");
    assertThat(record.verdict().nextStep()).isEqualTo("gsutil rm gs://private/targets/site.hold");
  }

  @Test
  void theFirstSweepMovesSuchAHoldAndTheRecordTellsItsNewPlace() throws Exception {
    world.own.takeOver();
    world.orders.holdAsBefore("site");
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);
    deliver(upload, ONE_GROUP);
    assertThat(world.orders.earlierHold("site")).isPresent();

    sweep(ONE_GROUP);
    assertThat(world.orders.earlierHold("site")).isEmpty();
    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.PROVEN);

    sweep(ONE_GROUP);
    DeploymentRecord record = world.records.record(upload);
    assertThat(record.stage()).isEqualTo(Stage.PROVEN);
    assertThat(record.verdict().nextStep()).isEqualTo("gsutil rm gs://private/orders/site/hold");
    world.orders.hold("site", false);
    sweep(ONE_GROUP);
    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.DEPLOYED);
    assertThat(world.events()).containsOnlyOnce("hold.met", "hold.released");
  }

  @Test
  void theSweepGoesOnWithItOnceTheHoldIsGone() throws Exception {
    world.orders.hold("site", true);
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);
    deliver(upload, ONE_GROUP);
    sweep(ONE_GROUP);
    sweep(ONE_GROUP);
    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.PROVEN);

    world.orders.hold("site", false);
    sweep(ONE_GROUP);

    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.DEPLOYED);
    assertThat(world.records.record(upload).n()).isZero();
    assertThat(world.events())
        .containsSubsequence("artifact.proven", "hold.met", "hold.released", "image.created")
        .containsOnlyOnce("upload.received", "artifact.proven", "hold.met", "hold.released");
  }

  @Test
  void whatWaitsIsNotReadAgain() throws Exception {
    world.orders.hold("site", true);
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);
    deliver(upload, ONE_GROUP);
    world.buckets.remove(upload);

    sweep(ONE_GROUP);

    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.PROVEN);
  }

  @Test
  void aBadUploadIsRejectedAllTheSame() throws Exception {
    world.orders.hold("site", true);
    Upload upload = world.upload("site-2.tar.gz", Kind.OTHER_NAME);

    deliver(upload, ONE_GROUP);

    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.REJECTED);
  }

  @Test
  void anotherTargetsHoldIsNothingToIt() throws Exception {
    world.orders.hold("api", true);
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);

    deliver(upload, ONE_GROUP);

    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.DEPLOYED);
  }

  @Test
  void ofSeveralThatWaitedTheLatestRunsAtTheEnd() throws Exception {
    world.orders.hold("site", true);
    Upload older = world.upload("site-2.tar.gz", Kind.SPARSE);
    Upload later = world.upload("site-3.tar.gz", Kind.PLAIN);
    deliver(later, ONE_GROUP);
    deliver(older, ONE_GROUP);
    world.orders.hold("site", false);

    sweep(ONE_GROUP);

    DeploymentRecord last = world.records.record(later);
    assertThat(last.stage()).isEqualTo(Stage.DEPLOYED);
    assertThat(world.records.record(older).stage()).isIn(Stage.SUPERSEDED, Stage.DEPLOYED);
    assertThat(world.group.templates()).containsOnly(last.groups().get(0).newTemplate());
  }

  @Test
  void aHoldAfterTheCanaryKeepsTheCanaryForHours() throws Exception {
    Upload upload = canaryOnHold();

    for (int i = 0; i < 20; i++) {
      world.time.sleep(Duration.ofMinutes(10));
      sweep(WITH_CANARY);
    }

    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.ROLLING);
    assertThat(world.group.patches()).hasSize(1);
    assertThat(world.group.templates()).filteredOn(FakeWorld.FIRST::equals).hasSize(2);
    world.orders.hold("site", false);
    sweep(WITH_CANARY);
    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.DEPLOYED);
    assertThat(world.events()).containsOnlyOnce("hold.met", "hold.released");
  }

  @Test
  void timeOnHoldDoesNotCountAgainstACanary() throws Exception {
    Upload upload = canaryOnHold();
    world.time.sleep(Duration.ofHours(10));
    sweep(WITH_CANARY);
    TemplatePath fresh = world.records.record(upload).groups().get(0).newTemplate();
    world.time.sleep(Duration.ofMinutes(10));
    world.group.becomes(fresh, Health.UNKNOWN);
    world.time.afterSleep(() -> world.group.becomes(fresh, Health.HEALTHY));

    sweep(WITH_CANARY);

    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.ROLLING);
    assertThat(world.records.record(upload).verdict().code()).isEqualTo("on-hold");
  }

  @Test
  void aCanaryThatTurnsBadOnHoldGoesBack() throws Exception {
    Upload upload = canaryOnHold();
    world.time.sleep(Duration.ofMinutes(10));
    world.group.becomes(
        world.records.record(upload).groups().get(0).newTemplate(), Health.UNHEALTHY);

    sweep(WITH_CANARY);

    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.ROLLED_BACK);
    assertThat(world.records.record(upload).verdict().code()).isEqualTo("unhealthy");
    assertThat(world.group.templates()).containsOnly(FakeWorld.FIRST);
  }

  @Test
  void aHoldBetweenWavesKeepsTheFirstAndLeavesTheSecond() throws Exception {
    world.time.afterSleep(
        () -> {
          world.groups.tick();
          world.orders.hold("site", !world.group.patches().isEmpty());
        });
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);
    deliver(upload, TWO_WAVES);

    DeploymentRecord record = world.records.record(upload);
    assertThat(record.groups()).hasSize(1);
    assertThat(record.groups().get(0).state()).isEqualTo(State.GOOD);
    assertThat(record.verdict().code()).isEqualTo("on-hold");
    assertThat(world.group.templates()).containsOnly(record.groups().get(0).newTemplate());
    assertThat(world.second.patches()).isEmpty();

    world.time.afterSleep(world.groups::tick);
    world.time.sleep(Duration.ofHours(3));
    world.group.grow();
    world.orders.hold("site", false);
    sweep(TWO_WAVES);
    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.DEPLOYED);
  }

  @Test
  void aLaterUploadOnHoldDoesNotEndTheOneThatStandsThere() throws Exception {
    Upload first = canaryOnHold();
    Upload later = world.upload("site-3.tar.gz", Kind.PLAIN);
    deliver(later, WITH_CANARY);
    assertThat(world.group.patches()).hasSize(1);

    world.orders.hold("site", false);
    sweep(WITH_CANARY);

    DeploymentRecord last = world.records.record(later);
    assertThat(last.stage()).isEqualTo(Stage.DEPLOYED);
    assertThat(world.records.record(first).stage()).isIn(Stage.SUPERSEDED, Stage.DEPLOYED);
    assertThat(world.group.templates()).containsOnly(last.groups().get(0).newTemplate());
  }

  /** An upload whose canary is told and good, when an operator holds the target. */
  private Upload canaryOnHold() throws Exception {
    world.time.afterSleep(
        () -> {
          world.groups.tick();
          world.orders.hold("site", !world.group.patches().isEmpty());
        });
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);
    deliver(upload, WITH_CANARY);
    world.time.afterSleep(world.groups::tick);
    DeploymentRecord record = world.records.record(upload);
    assertThat(record.groups().get(0).state()).isEqualTo(State.CANARY);
    assertThat(record.verdict().code()).isEqualTo("on-hold");
    assertThat(world.group.patches())
        .singleElement()
        .satisfies(patch -> assertThat(patch.versions()).contains(Version.rest(FakeWorld.FIRST)));
    return upload;
  }

  /** The scheduler's event, and those of the notes that it leads to. */
  private void sweep(Settings settings) throws Exception {
    int before = world.handoffs.events().size();
    deliver(world.sweep(), settings);
    for (int i = before; i < world.handoffs.events().size(); i++) {
      deliver(world.handoffs.events().get(i), settings);
    }
  }

  private void deliver(Upload event, Settings settings) throws Exception {
    Intakes.of(world, settings, Duration.ofSeconds(540)).take(event);
  }
}
