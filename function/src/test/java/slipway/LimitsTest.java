package slipway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import slipway.fakes.FakeGroup;
import slipway.fakes.FakeWorld;
import slipway.fakes.SiteTarget;
import slipway.record.DeploymentRecord;
import slipway.record.Stage;
import slipway.rollout.Instance.Health;
import slipway.settings.Settings;
import slipway.settings.TemplatePath;
import slipway.upload.Upload;
import tarballs.Kind;

/** What a group, a template, a person or a call that stood still may do, and what becomes of it. */
class LimitsTest {
  private static final TemplatePath BY_HAND =
      new TemplatePath("projects/demo/global/instanceTemplates/by-hand");
  private static final Settings TWO_WAVES =
      new SiteTarget().groups(FakeWorld.GROUP, FakeWorld.SECOND).settings();

  private final FakeWorld world = new FakeWorld();
  private final FakeGroup first = world.group;
  private final FakeGroup second = world.second;

  @BeforeEach
  void somebodyHasATemplate() {
    world.templates.put(BY_HAND, "{\"name\": \"by-hand\", \"properties\": {}}");
  }

  @Test
  void aFieldOfTheTemplateThatTheLibraryDoesNotKnowIsCarriedAlongAndTold() throws Exception {
    world.templates.put(
        FakeWorld.FIRST,
        """
        {"name": "site-1", "properties": {"fromTheFuture": {"level": 7}, "disks": [
          {"boot": true, "initializeParams": {"sourceImage": "global/images/site-1"}}]}}
        """,
        List.of("properties.fromTheFuture"));

    DeploymentRecord record = deploy("site-2.tar.gz");

    assertThat(record.stage()).isEqualTo(Stage.DEPLOYED);
    assertThat(
            world
                .templates
                .find(record.groups().get(0).newTemplate())
                .orElseThrow()
                .json()
                .getAsJsonObject("properties")
                .get("fromTheFuture"))
        .hasToString("{\"level\":7}");
    assertThat(world.log())
        .filteredOn(line -> line.get("event").getAsString().equals("template.unknown-fields"))
        .isNotEmpty()
        .allMatch(line -> line.toString().contains("\"fields\":[\"properties.fromTheFuture\"]"));
  }

  @Test
  void aStatefulGroupIsToldBeforeAnythingIsMade() throws Exception {
    second.keepState();

    DeploymentRecord record = deploy("site-2.tar.gz");

    assertThat(record.stage()).isEqualTo(Stage.MISCONFIGURED);
    assertThat(record.verdict().code()).isEqualTo("policy");
    assertThat(record.verdict().message()).contains("site-group-b: expected a group without state");
    assertThat(world.images.names()).isEmpty();
    assertThat(first.patches()).isEmpty();
  }

  @Test
  void whatAPersonPutsIntoTheFirstWaveWhileTheSecondRollsStaysAndIsTold() throws Exception {
    aPersonPatchesOnceTheSecondWaveRolls();

    DeploymentRecord record = deploy("site-2.tar.gz");

    assertForeignChange(record);
    assertThat(first.templates()).containsOnly(BY_HAND);
    assertThat(first.patches()).hasSize(1);
    assertThat(second.templates()).containsOnly(record.groups().get(1).newTemplate());
    assertThat(world.images.active("site")).isEmpty();
  }

  @Test
  void theSecondWaveGoesBackAlthoughAPersonPatchedTheFirst() throws Exception {
    DeploymentRecord good = deploy("site-2.tar.gz");
    second.newInstancesAre(Health.UNHEALTHY);
    aPersonPatchesOnceTheSecondWaveRolls();

    DeploymentRecord record = deploy("site-3.tar.gz", Kind.GPT);

    assertForeignChange(record);
    assertThat(first.templates()).containsOnly(BY_HAND);
    assertThat(first.patches()).hasSize(2);
    assertThat(second.templates()).containsOnly(good.groups().get(1).newTemplate());
  }

  @Test
  void aRollbackLeavesAloneWhatAPersonPutIntoAWaveThatWasNotReached() throws Exception {
    deploy("site-2.tar.gz");
    first.newInstancesAre(Health.UNHEALTHY);
    world.time.afterSleep(
        () -> {
          if (first.patches().size() == 2) {
            second.tell(BY_HAND);
          }
          world.groups.tick();
        });

    DeploymentRecord record = deploy("site-3.tar.gz", Kind.GPT);

    assertThat(record.stage()).isEqualTo(Stage.ROLLED_BACK);
    assertThat(second.templates()).containsOnly(BY_HAND);
    assertThat(second.patches()).hasSize(1);
  }

  @Test
  void anOlderDeploymentThatStoodStillDoesNotTakeTheFamilyFromALaterOne() throws Exception {
    Upload older = world.upload("site-2.tar.gz", Kind.SPARSE);
    List<DeploymentRecord> later = new ArrayList<>();
    world.images.afterNextActivation(
        () -> {
          try {
            later.add(deploy("site-3.tar.gz", Kind.GPT));
          } catch (Exception failed) {
            throw new AssertionError(failed);
          }
        });

    finish(older);

    assertThat(world.records.record(older).stage()).isEqualTo(Stage.DEPLOYED);
    assertThat(later.get(0).stage()).isEqualTo(Stage.DEPLOYED);
    assertThat(world.images.active("site"))
        .extracting(image -> image.name().value())
        .contains(later.get(0).id());
    assertThat(first.templates()).containsOnly(later.get(0).groups().get(0).newTemplate());
  }

  private void aPersonPatchesOnceTheSecondWaveRolls() {
    int patches = second.patches().size();
    world.time.afterSleep(
        () -> {
          if (second.patches().size() == patches + 1) {
            first.tell(BY_HAND);
          }
          world.groups.tick();
        });
  }

  private void assertForeignChange(DeploymentRecord record) {
    assertThat(record.stage()).isEqualTo(Stage.SUPERSEDED);
    assertThat(record.verdict().code()).isEqualTo("foreign-change");
    assertThat(world.log().get(world.log().size() - 1).get("severity").getAsString())
        .isEqualTo("ALERT");
  }

  private DeploymentRecord deploy(String object) throws Exception {
    return deploy(object, Kind.SPARSE);
  }

  private DeploymentRecord deploy(String object, Kind kind) throws Exception {
    Upload upload = world.upload(object, kind);
    finish(upload);
    return world.records.record(upload);
  }

  private void finish(Upload upload) throws Exception {
    deliver(upload);
    while (!world.records.record(upload).stage().isTerminal()) {
      deliver(world.handoffs.last());
    }
  }

  private void deliver(Upload event) throws Exception {
    Intakes.of(world, TWO_WAVES, Duration.ofSeconds(540)).take(event);
  }
}
