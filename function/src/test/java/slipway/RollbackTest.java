package slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import slipway.fakes.FakeGroup;
import slipway.fakes.FakeWorld;
import slipway.fakes.SiteTarget;
import slipway.fault.OperationFailed;
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

/** Canary, waves, and the way back. */
class RollbackTest {
  private static final Target.Step ONE_FIRST =
      new Target.Step(new Size(1, false), Duration.ofSeconds(60));
  private static final Settings ONE_GROUP = new SiteTarget().settings();
  private static final Settings TWO_WAVES =
      new SiteTarget().groups(FakeWorld.GROUP, FakeWorld.SECOND).settings();

  private final FakeWorld world = new FakeWorld();
  private final FakeGroup group = world.group;

  @Test
  void aSickVersionGoesBackToWhatRanBefore() throws Exception {
    group.newInstancesAre(Health.UNHEALTHY);

    DeploymentRecord record = deploy("site-2.tar.gz", ONE_GROUP);

    assertThat(record.stage()).isEqualTo(Stage.ROLLED_BACK);
    assertThat(record.verdict().code()).isEqualTo("unhealthy");
    assertThat(group.templates()).containsOnly(FakeWorld.FIRST);
    assertThat(world.images.active("site")).isEmpty();
    assertThat(record.verdict().consoles())
        .isNotEmpty()
        .allMatch(name -> name.startsWith("gs://private/consoles/" + record.id() + "/site-group-"));
    assertThat(world.own.consoles()).hasSameSizeAs(record.verdict().consoles());
    assertThat(world.events())
        .containsSubsequence(
            "rollout.started", "verdict.bad", "rollback.started", "rollback.finished")
        .endsWith("deployment.finished");
    assertThat(world.log())
        .filteredOn(line -> line.get("event").getAsString().equals("rollback.finished"))
        .singleElement()
        .asString()
        .contains("3 of 3 instances of site-group run the last known good version and are healthy");
  }

  @Test
  void theSameBytesAreRefusedUntilSomebodyInsists() throws Exception {
    group.newInstancesAre(Health.UNHEALTHY);
    deploy("site-2.tar.gz", ONE_GROUP);
    group.newInstancesAre(Health.HEALTHY);

    DeploymentRecord again = deploy("site-3.tar.gz", ONE_GROUP);
    assertThat(again.stage()).isEqualTo(Stage.REJECTED);
    assertThat(again.verdict().code()).isEqualTo("held");
    assertThat(again.verdict().nextStep()).contains("x-goog-meta-retry:true");

    Upload insisting = world.upload("site-4.tar.gz", Kind.SPARSE, Map.of("retry", "true"));
    deliver(insisting, ONE_GROUP);
    assertThat(world.records.record(insisting).stage()).isEqualTo(Stage.DEPLOYED);
    assertThat(deploy("site-5.tar.gz", ONE_GROUP).stage()).isEqualTo(Stage.DEPLOYED);
  }

  @Test
  void whatNobodyCanTellGoesBackAndHoldsNothing() throws Exception {
    group.newInstancesAre(Health.UNKNOWN);
    DeploymentRecord record = deploy("site-2.tar.gz", ONE_GROUP);
    assertThat(record.stage()).isEqualTo(Stage.ROLLED_BACK);
    assertThat(record.verdict().code()).isEqualTo("cannot-tell");

    group.newInstancesAre(Health.HEALTHY);
    assertThat(deploy("site-3.tar.gz", ONE_GROUP).stage()).isEqualTo(Stage.DEPLOYED);
  }

  @Test
  void aWayBackThatFailsIsForAPersonAndIsNotTriedTwice() throws Exception {
    group.newInstancesAre(Health.UNHEALTHY);
    world.time.afterSleep(
        () -> {
          group.tick();
          if (group.patches().size() == 2) {
            group.becomes(FakeWorld.FIRST, Health.UNHEALTHY);
          }
        });

    DeploymentRecord record = deploy("site-2.tar.gz", ONE_GROUP);

    assertThat(record.stage()).isEqualTo(Stage.ROLLBACK_FAILED);
    assertThat(record.verdict().nextStep())
        .startsWith("gcloud compute instance-groups managed rolling-action start-update site-group")
        .contains("template=" + FakeWorld.FIRST);
    assertThat(group.patches()).hasSize(2);
    assertThat(world.log().get(world.log().size() - 1).get("severity").getAsString())
        .isEqualTo("ALERT");
  }

  @Test
  void aGroupThatWasFoundBrokenIsLeftAsItIs() throws Exception {
    world.templates.put(
        new TemplatePath("projects/demo/global/instanceTemplates/by-hand"),
        """
        {"name": "by-hand", "properties": {"disks": [
          {"boot": true, "initializeParams": {"sourceImage": "global/images/by-hand"}}]}}
        """);
    group.tell(new TemplatePath("projects/demo/global/instanceTemplates/by-hand"));

    DeploymentRecord record = deploy("site-2.tar.gz", ONE_GROUP);

    assertThat(record.stage()).isEqualTo(Stage.SUPERSEDED);
    assertThat(record.verdict().code()).isEqualTo("foreign-change");
    assertThat(group.patches()).isEmpty();
  }

  @Test
  void theCanaryComesFirstAndABadOneIsAllThatIsReplaced() throws Exception {
    Settings withCanary = new SiteTarget().canary(ONE_FIRST).settings();
    assertThat(deploy("site-2.tar.gz", withCanary).stage()).isEqualTo(Stage.DEPLOYED);
    assertThat(group.patches()).hasSize(2);
    assertThat(group.patches().get(0).versions())
        .containsExactly(
            Version.rest(FakeWorld.FIRST),
            new Version(group.templates().get(0), new Size(1, false)));

    TemplatePath good = group.templates().get(0);
    group.newInstancesAre(Health.UNHEALTHY);
    world.time.afterSleep(
        () -> {
          group.tick();
          assertThat(group.templates()).filteredOn(good::equals).hasSizeGreaterThanOrEqualTo(2);
        });
    DeploymentRecord bad = deploy("site-3.tar.gz", Kind.GPT, withCanary);
    assertThat(bad.stage()).isEqualTo(Stage.ROLLED_BACK);
    assertThat(group.templates()).containsOnly(good);
  }

  @Test
  void theNextWaveBeginsOnceTheOneBeforeIsGood() throws Exception {
    world.time.afterSleep(
        () -> {
          world.groups.tick();
          if (group.templates().contains(FakeWorld.FIRST)) {
            assertThat(world.second.patches()).isEmpty();
          }
        });

    DeploymentRecord record = deploy("site-2.tar.gz", TWO_WAVES);

    assertThat(record.stage()).isEqualTo(Stage.DEPLOYED);
    assertThat(record.groups())
        .extracting(state -> state.wave() + " " + state.state())
        .containsExactly("1 " + State.GOOD, "2 " + State.GOOD);
    assertThat(world.second.templates()).containsOnly(record.groups().get(1).newTemplate());
    assertThat(world.templates.paths()).hasSize(3);
  }

  @Test
  void everyGroupEndsWhereItWasLastGood() throws Exception {
    DeploymentRecord good = deploy("site-2.tar.gz", TWO_WAVES);
    world.second.newInstancesAre(Health.UNHEALTHY);

    DeploymentRecord bad = deploy("site-3.tar.gz", Kind.GPT, TWO_WAVES);

    assertThat(bad.stage()).isEqualTo(Stage.ROLLED_BACK);
    assertThat(group.templates()).containsOnly(good.groups().get(0).newTemplate());
    assertThat(world.second.templates()).containsOnly(good.groups().get(1).newTemplate());
  }

  @Test
  void aLaterUploadTakesOverInTheMiddleOfARolloutAndOverABrokenGroup() throws Exception {
    group.newInstancesAre(Health.UNHEALTHY);
    Upload older = world.upload("site-2.tar.gz", Kind.SPARSE);
    deliver(older, ONE_GROUP, Duration.ofSeconds(80));
    assertThat(world.records.record(older).stage()).isEqualTo(Stage.ROLLING);
    group.newInstancesAre(Health.HEALTHY);

    DeploymentRecord later = deploy("site-3.tar.gz", Kind.GPT, ONE_GROUP);
    deliver(world.handoffs.last(), ONE_GROUP);

    assertThat(later.stage()).isEqualTo(Stage.DEPLOYED);
    assertThat(world.records.record(older).stage()).isEqualTo(Stage.SUPERSEDED);
    assertThat(world.records.record(older).verdict().code()).isEqualTo("overtaken");
    assertThat(group.templates()).containsOnly(later.groups().get(0).newTemplate());
  }

  @Test
  void aLaterUploadThatIsBadGoesBackToWhatWasGoodAndNotToWhatItOvertook() throws Exception {
    Upload older = world.upload("site-2.tar.gz", Kind.SPARSE);
    deliver(older, ONE_GROUP, Duration.ofSeconds(62));
    assertThat(world.records.record(older).stage()).isEqualTo(Stage.ROLLING);
    group.newInstancesAre(Health.UNHEALTHY);

    DeploymentRecord later = deploy("site-3.tar.gz", Kind.GPT, ONE_GROUP);
    deliver(world.handoffs.last(), ONE_GROUP);

    assertThat(later.stage()).isEqualTo(Stage.ROLLED_BACK);
    assertThat(world.records.record(older).stage()).isEqualTo(Stage.SUPERSEDED);
    assertThat(world.records.record(older).verdict().code()).isEqualTo("overtaken");
    assertThat(group.templates()).containsOnly(FakeWorld.FIRST);
  }

  @Test
  void aGroupThatGrowsWhenItIsFirstSeenIsNobodysRollout() throws Exception {
    group.grow();

    assertThat(deploy("site-2.tar.gz", ONE_GROUP).stage()).isEqualTo(Stage.DEPLOYED);
  }

  @Test
  void aPatchThatWasOnItsWayWhenTheTargetWasLostIsNotTakenForAPersons() throws Exception {
    Upload older = world.upload("site-2.tar.gz", Kind.SPARSE);
    group.refuse(new OperationFailed("rateLimitExceeded", "later"));
    assertThatThrownBy(() -> deliver(older, ONE_GROUP)).isInstanceOf(OperationFailed.class);
    group.refuse(null);
    group.beforeNextPatch(
        () -> group.tell(world.records.record(older).groups().get(0).newTemplate()));

    DeploymentRecord later = deploy("site-3.tar.gz", Kind.GPT, ONE_GROUP);

    assertThat(later.stage()).isEqualTo(Stage.DEPLOYED);
    assertThat(group.templates()).containsOnly(later.groups().get(0).newTemplate());
  }

  @Test
  void anOlderUploadMakesNothing() throws Exception {
    Upload older = world.upload("site-2.tar.gz", Kind.SPARSE);
    DeploymentRecord later = deploy("site-3.tar.gz", Kind.GPT, ONE_GROUP);

    deliver(older, ONE_GROUP);

    assertThat(world.records.record(older).stage()).isEqualTo(Stage.SUPERSEDED);
    assertThat(world.images.names()).containsExactly(later.id());
  }

  @Test
  void aPersonsChangeDuringTheWayBackStays() throws Exception {
    group.newInstancesAre(Health.UNHEALTHY);
    TemplatePath byHand = new TemplatePath("projects/demo/global/instanceTemplates/by-hand");
    world.time.afterSleep(
        () -> {
          if (group.patches().size() == 2) {
            group.tell(byHand);
          }
          group.tick();
        });

    DeploymentRecord record = deploy("site-2.tar.gz", ONE_GROUP);

    assertThat(record.stage()).isEqualTo(Stage.SUPERSEDED);
    assertThat(record.verdict().code()).isEqualTo("foreign-change");
    assertThat(group.patches()).hasSize(2);
  }

  @Test
  void theWayBackGoesOnInAFurtherCall() throws Exception {
    group.newInstancesAre(Health.UNHEALTHY);
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);
    Duration untilTheVerdict = Duration.ofSeconds(60 + 124);
    deliver(upload, ONE_GROUP, untilTheVerdict);
    while (!world.records.record(upload).stage().isTerminal()) {
      deliver(world.handoffs.last(), ONE_GROUP, Duration.ofSeconds(66));
    }

    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.ROLLED_BACK);
    assertThat(group.patches()).hasSize(2);
    assertThat(world.events()).containsOnlyOnce("rollback.started", "verdict.bad");
  }

  @Test
  void aRefusedWayBackEndsWithTheCommand() throws Exception {
    group.newInstancesAre(Health.UNHEALTHY);
    world.time.afterSleep(
        () -> {
          group.tick();
          if (!group.patches().isEmpty()) {
            group.refuse(new OperationFailed("invalid", "no"));
          }
        });

    DeploymentRecord record = deploy("site-2.tar.gz", ONE_GROUP);

    assertThat(record.stage()).isEqualTo(Stage.ROLLBACK_FAILED);
    assertThat(record.verdict().code()).isEqualTo("group-refused");
    assertThat(record.verdict().nextStep()).contains("start-update site-group");
  }

  @Test
  void aGroupOfWhichNobodyKnowsAGoodVersionIsLeftAndTheOthersGoBack() throws Exception {
    DeploymentRecord good = deploy("site-2.tar.gz", TWO_WAVES);
    world.second.newInstancesAre(Health.UNHEALTHY);
    world.time.afterSleep(
        () -> {
          if (world.second.patches().size() == 2) {
            world.own.forget("site", FakeWorld.GROUP);
          }
          world.groups.tick();
        });

    DeploymentRecord bad = deploy("site-3.tar.gz", Kind.GPT, TWO_WAVES);

    assertThat(bad.stage()).isEqualTo(Stage.ROLLBACK_FAILED);
    assertThat(bad.verdict().code()).isEqualTo("no-known-good");
    assertThat(bad.verdict().message()).contains("site-group has no last known good version");
    assertThat(bad.verdict().nextStep())
        .contains("start-update site-group ", good.groups().get(0).newTemplate().value())
        .doesNotContain("site-group-b");
    assertThat(group.templates()).containsOnly(bad.groups().get(0).newTemplate());
    assertThat(world.second.templates()).containsOnly(good.groups().get(1).newTemplate());
  }

  @Test
  void oneGroupThatRefusesTheWayBackKeepsNoOtherFromIt() throws Exception {
    DeploymentRecord good = deploy("site-2.tar.gz", TWO_WAVES);
    onceTheSecondWaveIsSickTheFirstRefuses(new OperationFailed("invalid", "no"));

    DeploymentRecord bad = deploy("site-3.tar.gz", Kind.GPT, TWO_WAVES);

    assertThat(bad.stage()).isEqualTo(Stage.ROLLBACK_FAILED);
    assertThat(bad.verdict().code()).isEqualTo("group-refused");
    assertThat(bad.verdict().nextStep())
        .contains("start-update site-group ")
        .doesNotContain("site-group-b");
    assertThat(world.second.templates()).containsOnly(good.groups().get(1).newTemplate());
  }

  @Test
  void aGroupThatCannotBeToldNowIsToldByTheNextDeliveryAndTheOthersAtOnce() throws Exception {
    DeploymentRecord good = deploy("site-2.tar.gz", TWO_WAVES);
    onceTheSecondWaveIsSickTheFirstRefuses(new OperationFailed("serviceUnavailable", "later"));
    Upload upload = world.upload("site-3.tar.gz", Kind.GPT);

    assertThatThrownBy(() -> deliver(upload, TWO_WAVES)).hasMessage("later");

    assertThat(group.patches()).hasSize(2);
    assertThat(world.second.patches()).hasSize(3);

    group.refuse(null);
    world.time.afterSleep(world.groups::tick);
    deliver(upload, TWO_WAVES);

    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.ROLLED_BACK);
    assertThat(group.templates()).containsOnly(good.groups().get(0).newTemplate());
    assertThat(world.second.templates()).containsOnly(good.groups().get(1).newTemplate());
    assertThat(world.second.patches()).hasSize(3);
  }

  private void onceTheSecondWaveIsSickTheFirstRefuses(OperationFailed failure) {
    world.second.newInstancesAre(Health.UNHEALTHY);
    world.time.afterSleep(
        () -> {
          if (world.second.patches().size() == 2) {
            group.refuse(failure);
          }
          world.groups.tick();
        });
  }

  private DeploymentRecord deploy(String object, Settings settings) throws Exception {
    return deploy(object, Kind.SPARSE, settings);
  }

  private DeploymentRecord deploy(String object, Kind kind, Settings settings) throws Exception {
    Upload upload = world.upload(object, kind);
    deliver(upload, settings);
    while (!world.records.record(upload).stage().isTerminal()) {
      deliver(world.handoffs.last(), settings);
    }
    return world.records.record(upload);
  }

  private void deliver(Upload event, Settings settings) throws Exception {
    deliver(event, settings, Duration.ofSeconds(540));
  }

  private void deliver(Upload event, Settings settings, Duration call) throws Exception {
    Intakes.of(world, settings, call).take(event);
  }
}
