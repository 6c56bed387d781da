package slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import slipway.fakes.FakeRecords;
import slipway.fakes.FakeWorld;
import slipway.fault.OperationFailed;
import slipway.record.DeploymentRecord;
import slipway.record.OpenMarkers;
import slipway.record.Stage;
import slipway.rollout.Instance.Health;
import slipway.settings.Settings;
import slipway.settings.Targets;
import slipway.time.CallOver;
import slipway.upload.Upload;
import tarballs.Kind;

/** A deployment goes on over many calls, in one of them at a time, and no event of it is lost. */
class HandoffTest {
  private static final Duration CALL = Duration.ofSeconds(540);
  private static final Settings SETTINGS = FakeWorld.settings(new Targets(List.of(FakeWorld.SITE)));

  /** Enough to tell the group, and no more: a call works until 60 s before its end. */
  private static final Duration SHORT = Duration.ofSeconds(66);

  private final FakeWorld world = new FakeWorld();
  private final Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);

  @Test
  void aCallThatIsOverHandsTheDeploymentOn() throws Exception {
    deploy(upload, SHORT);

    DeploymentRecord record = record();
    assertThat(record.n()).isEqualTo(1);
    assertThat(record.isLeased(world.time.instant())).isFalse();
    assertThat(world.handoffs.events())
        .extracting(Upload::object)
        .containsExactly("handoff/" + record.id() + "/1");

    deploy(world.handoffs.last(), CALL);
    assertThat(record().stage()).isEqualTo(Stage.DEPLOYED);
    assertThat(world.events()).containsOnlyOnce("upload.received", "deployment.finished");
  }

  @Test
  void theEventOfAnEarlierTurnMakesSureOfTheNoteAndChangesNothing() throws Exception {
    deploy(upload, SHORT);
    String json = world.records.json(upload).orElseThrow();

    deploy(upload, CALL);

    assertThat(world.records.json(upload)).contains(json);
    assertThat(world.handoffs.events()).hasSize(1);
  }

  @Test
  void aForgedNoteOfALaterTurnIsOfNoUse() throws Exception {
    deploy(upload, SHORT);
    String json = world.records.json(upload).orElseThrow();

    deploy(note("handoff/" + record().id() + "/2", world.handoffs.last().metadata()), CALL);
    deploy(note("handoff/somebody-else/1", world.handoffs.last().metadata()), CALL);
    deploy(note("handoff/" + record().id() + "/1", Map.of()), CALL);

    assertThat(world.records.json(upload)).contains(json);
    assertThat(world.events()).filteredOn("upload.passed-over"::equals).hasSize(2);
  }

  @Test
  void whileOneCallWorksAnotherThrowsSoThatItsEventComesAgain() throws Exception {
    world.time.afterSleep(
        () -> {
          world.time.afterSleep(world.groups::tick);
          assertThatThrownBy(() -> deploy(upload, CALL))
              .isInstanceOf(CallOver.class)
              .hasMessageContaining("is leased by another call until");
        });

    deploy(upload, CALL);

    assertThat(record().stage()).isEqualTo(Stage.DEPLOYED);
    assertThat(world.group.patches()).hasSize(1);
  }

  @Test
  void theLeaseIsKeptWhileTheCallWaits() throws Exception {
    world.time.afterSleep(
        () -> {
          world.group.tick();
          assertThat(record().isLeased(world.time.instant().plusSeconds(30))).isTrue();
        });
    deploy(upload, CALL);
    assertThat(record().stage()).isEqualTo(Stage.DEPLOYED);
  }

  @Test
  void aCallThatWasFrozenPastItsLeaseStopsAtOnce() throws Exception {
    world.time.afterSleep(
        () -> {
          world.time.afterSleep(world.groups::tick);
          world.time.sleep(Duration.ofSeconds(90));
          try {
            deploy(upload, CALL);
          } catch (Exception failed) {
            throw new AssertionError(failed);
          }
        });

    assertThatThrownBy(() -> deploy(upload, CALL)).isInstanceOfAny(CallOver.class, CallOver.class);

    assertThat(record().stage()).isEqualTo(Stage.DEPLOYED);
    assertThat(world.events()).containsOnlyOnce("upload.received", "deployment.finished");
    assertThat(world.images.names()).hasSize(1);
    assertThat(world.group.patches()).hasSize(1);
  }

  @Test
  void aCallThatWasFrozenBeforeItsPatchDoesNotBringABadVersionBack() throws Exception {
    world.group.newInstancesAre(Health.UNHEALTHY);
    world.group.beforeNextPatch(
        () -> {
          world.time.sleep(Duration.ofSeconds(90));
          try {
            deploy(upload, CALL);
          } catch (Exception failed) {
            throw new AssertionError(failed);
          }
        });

    assertThatThrownBy(() -> deploy(upload, CALL)).isInstanceOf(CallOver.class);

    assertThat(record().stage()).isEqualTo(Stage.ROLLED_BACK);
    assertThat(world.group.patches()).hasSize(2);
    assertThat(world.group.templates()).containsOnly(FakeWorld.FIRST);
  }

  @Test
  void aCallThatFailsGivesItsLeaseUp() throws Exception {
    world.group.refuse(new OperationFailed("INTERNAL_ERROR", "try again"));
    assertThatThrownBy(() -> deploy(upload, CALL)).isInstanceOf(OperationFailed.class);
    world.group.refuse(null);

    deploy(upload, CALL);

    assertThat(record().stage()).isEqualTo(Stage.DEPLOYED);
  }

  @Test
  void theSweepFindsWhatLostItsEvents() throws Exception {
    deploy(upload, SHORT);
    deploy(note("handoff/sweep", Map.of()), CALL);
    assertThat(world.handoffs.events()).as("its event may still come").hasSize(1);
    world.time.sleep(Duration.ofMinutes(10));
    Upload sweep = note("handoff/sweep", Map.of());

    deploy(sweep, CALL);
    deploy(sweep, CALL);

    assertThat(world.handoffs.events())
        .extracting(Upload::object)
        .containsExactly(
            "handoff/" + record().id() + "/1",
            "handoff/" + record().id() + "/1/" + sweep.generation());
    deploy(world.handoffs.last(), CALL);
    assertThat(record().stage()).isEqualTo(Stage.DEPLOYED);
    deploy(note("handoff/sweep", Map.of()), CALL);
    assertThat(world.handoffs.events()).hasSize(2);
  }

  @Test
  void anEndThatIsNotToldYetIsFoundByTheSweepAndTold() throws Exception {
    world.records.dieAtTheNextEnd();
    assertThatThrownBy(() -> deploy(upload, CALL)).isInstanceOf(FakeRecords.Died.class);
    assertThat(record().stage()).isEqualTo(Stage.DEPLOYED);
    assertThat(world.events()).doesNotContain("deployment.finished");

    world.time.sleep(Duration.ofMinutes(10));
    deploy(note("handoff/sweep", Map.of()), CALL);
    deploy(world.handoffs.last(), CALL);
    deploy(upload, CALL);

    assertThat(record().isOpen()).isFalse();
    assertThat(world.events()).containsOnlyOnce("deployment.finished");
    assertThat(world.told("deployment.finished").get(0).get("outcome").getAsString())
        .isEqualTo("deployed");
  }

  @Test
  void anEndedDeploymentsMarkerGoesWithASweepAndOneWithoutARecordADayLater() throws Exception {
    deploy(upload, CALL);
    world.own.put(record().id(), upload.object(), upload.generation());
    world.own.put("site-20261122-134233-4f2a9c", "site-3.tar.gz", 7);

    deploy(note("handoff/sweep", Map.of()), CALL);
    assertThat(world.own.all())
        .extracting(OpenMarkers.Marker::object)
        .containsExactly("site-3.tar.gz");

    world.time.sleep(Duration.ofHours(25));
    deploy(note("handoff/sweep", Map.of()), CALL);
    assertThat(world.own.all()).isEmpty();
    assertThat(world.handoffs.events()).isEmpty();
  }

  @Test
  void anEventRestoresTheMarkerThatItsDeploymentLost() throws Exception {
    deploy(upload, SHORT);
    world.own.remove(record().id());

    deploy(world.handoffs.last(), Duration.ofSeconds(61));

    assertThat(record().isOpen()).isTrue();
    assertThat(world.own.all())
        .extracting(OpenMarkers.Marker::deployment)
        .containsExactly(record().id());
  }

  @Test
  void theSweepLeavesAloneWhatIsBeingWorkedOn() throws Exception {
    world.time.afterSleep(
        () -> {
          world.time.afterSleep(world.groups::tick);
          try {
            deploy(note("handoff/sweep", Map.of()), CALL);
          } catch (Exception failed) {
            throw new AssertionError(failed);
          }
        });
    deploy(upload, CALL);
    assertThat(world.handoffs.events()).isEmpty();
  }

  private Upload note(String name, Map<String, String> metadata) {
    return new Upload("uploads", name, 77, world.time.instant(), 0, "AAAAAA==", null, metadata);
  }

  private DeploymentRecord record() {
    return world.records.record(upload);
  }

  private void deploy(Upload event, Duration call) throws Exception {
    Intakes.of(world, SETTINGS, call).take(event);
  }
}
