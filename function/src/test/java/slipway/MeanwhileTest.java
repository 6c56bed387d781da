package slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import slipway.fakes.FakeGroup;
import slipway.fakes.FakeWorld;
import slipway.fakes.SiteTarget;
import slipway.fault.Finding;
import slipway.fault.Misconfigured;
import slipway.record.DeploymentRecord;
import slipway.record.GroupState.State;
import slipway.record.Stage;
import slipway.rollout.Instance.Health;
import slipway.rollout.Version;
import slipway.settings.Settings;
import slipway.settings.Size;
import slipway.settings.Target;
import slipway.settings.TemplatePath;
import slipway.time.CallOver;
import slipway.upload.Upload;
import tarballs.Kind;

/** What others do between two steps of a deployment, and what becomes of it. */
class MeanwhileTest {
  private static final TemplatePath BY_HAND =
      new TemplatePath("projects/demo/global/instanceTemplates/by-hand");
  private static final Settings ONE_GROUP = new SiteTarget().settings();
  private static final Settings TWO_WAVES =
      new SiteTarget().groups(FakeWorld.GROUP, FakeWorld.SECOND).settings();
  private static final Settings WITH_CANARY =
      new SiteTarget()
          .canary(new Target.Step(new Size(1, false), Duration.ofSeconds(60)))
          .settings();

  private final FakeWorld world = new FakeWorld();
  private final FakeGroup group = world.group;

  @Test
  void aCanaryLeavesAloneWhatAnEarlierUploadHasBroughtToAGoodEnd() throws Exception {
    Upload earlier = world.upload("site-2.tar.gz", Kind.SPARSE);
    deliver(earlier, WITH_CANARY, Duration.ofSeconds(60 + 70));
    assertThat(record(earlier).groups().get(0).state()).isNotEqualTo(State.WAITING);
    world.templates.afterNextInsert(unchecked(() -> finish(WITH_CANARY)));

    DeploymentRecord later = deploy("site-3.tar.gz", WITH_CANARY);

    assertThat(record(earlier).stage()).isEqualTo(Stage.DEPLOYED);
    TemplatePath good = record(earlier).groups().get(0).newTemplate();
    assertThat(later.stage()).isEqualTo(Stage.DEPLOYED);
    assertThat(later.groups().get(0).previousTemplate()).isEqualTo(good);
    assertThat(group.patches().get(2).versions()).contains(Version.rest(good));
    assertThat(group.templates()).containsOnly(later.groups().get(0).newTemplate());
  }

  @Test
  void whatAPersonPutThereWhileTheTargetWasOnHoldStays() throws Exception {
    world.templates.put(BY_HAND, "{\"name\": \"by-hand\", \"properties\": {}}");
    world.templates.afterNextInsert(() -> world.orders.hold("site", true));
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);
    deliver(upload, WITH_CANARY, Duration.ofSeconds(540));
    assertThat(record(upload).verdict().code()).isEqualTo("on-hold");
    group.tell(BY_HAND);
    for (int i = 0; i < 3; i++) {
      group.tick();
    }
    world.orders.hold("site", false);

    deliver(upload, WITH_CANARY, Duration.ofSeconds(540));

    assertThat(record(upload).stage()).isEqualTo(Stage.SUPERSEDED);
    assertThat(record(upload).verdict().code()).isEqualTo("foreign-change");
    assertThat(group.templates()).containsOnly(BY_HAND);
    assertThat(group.patches()).isEmpty();
  }

  @Test
  void aCallThatStoodStillAfterItsPatchDoesNotKeepALaterOneFromGoingBack() throws Exception {
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);
    group.afterNextPatch(
        unchecked(
            () -> {
              world.time.sleep(Duration.ofSeconds(61));
              deliver(upload, WITH_CANARY, Duration.ofSeconds(60 + 66));
              assertThat(group.patches()).hasSize(2);
            }));

    assertThatThrownBy(() -> deliver(upload, WITH_CANARY, Duration.ofSeconds(540)))
        .isInstanceOf(CallOver.class);
    group.becomes(record(upload).groups().get(0).newTemplate(), Health.UNHEALTHY);
    finish(WITH_CANARY);

    assertThat(record(upload).stage()).isEqualTo(Stage.ROLLED_BACK);
    assertThat(group.templates()).containsOnly(FakeWorld.FIRST);
  }

  @Test
  void aPatchThatComputeTookAndThenWouldNotTellOfIsTakenBack() throws Exception {
    group.afterNextPatch(
        () -> {
          throw new Misconfigured(
              "permission-denied", List.of(new Finding("operation", "a look", "403")), "Grant it.");
        });

    DeploymentRecord record = deploy("site-2.tar.gz", ONE_GROUP);

    assertThat(record.stage()).isEqualTo(Stage.ROLLED_BACK);
    assertThat(record.verdict().code()).isEqualTo("permission-denied");
    assertThat(group.templates()).containsOnly(FakeWorld.FIRST);
  }

  @Test
  void aGroupThatIsDeletedEndsTheDeploymentAndTheOthersGoBack() throws Exception {
    world.time.afterSleep(
        () -> {
          if (!world.second.patches().isEmpty()) {
            world.second.delete();
          }
          world.groups.tick();
        });

    DeploymentRecord record = deploy("site-2.tar.gz", TWO_WAVES);

    assertThat(record.stage()).isEqualTo(Stage.ROLLBACK_FAILED);
    assertThat(record.verdict().code()).isEqualTo("no-such-group");
    assertThat(group.templates()).containsOnly(FakeWorld.FIRST);
  }

  @Test
  void aGoodEndThatALaterUploadForestallsIsNone() throws Exception {
    Upload earlier = world.upload("site-2.tar.gz", Kind.SPARSE);
    Upload later = world.upload("site-3.tar.gz", Kind.GPT);
    world.own.beforeNextGoodEnd(
        unchecked(
            () -> {
              group.newInstancesAre(Health.UNHEALTHY);
              deliver(later, ONE_GROUP, Duration.ofSeconds(60 + 20));
              assertThat(record(later).stage()).isEqualTo(Stage.ROLLING);
            }));

    deliver(earlier, ONE_GROUP, Duration.ofSeconds(540));
    finish(ONE_GROUP);

    assertThat(record(earlier).stage()).isEqualTo(Stage.SUPERSEDED);
    assertThat(record(later).stage()).isEqualTo(Stage.ROLLED_BACK);
    assertThat(group.templates()).containsOnly(FakeWorld.FIRST);
    assertThat(world.images.active("site")).isEmpty();
  }

  private interface Work {
    void run() throws Exception;
  }

  private static Runnable unchecked(Work work) {
    return () -> {
      try {
        work.run();
      } catch (Exception failed) {
        throw new AssertionError(failed);
      }
    };
  }

  private DeploymentRecord record(Upload upload) {
    return world.records.record(upload);
  }

  private DeploymentRecord deploy(String object, Settings settings) throws Exception {
    Upload upload = world.upload(object, Kind.GPT);
    deliver(upload, settings, Duration.ofSeconds(540));
    while (!record(upload).stage().isTerminal()) {
      finish(settings);
    }
    return record(upload);
  }

  /** The deployment that was handed on last goes on to its end. */
  private void finish(Settings settings) throws Exception {
    Upload note;
    do {
      note = world.handoffs.last();
      deliver(note, settings, Duration.ofSeconds(540));
    } while (!note.equals(world.handoffs.last()));
  }

  private void deliver(Upload event, Settings settings, Duration call) throws Exception {
    Intakes.of(world, settings, call).take(event);
  }
}
