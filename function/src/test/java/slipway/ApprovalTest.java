package slipway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.fakes.FakeWorld;
import slipway.fakes.SiteTarget;
import slipway.record.DeploymentRecord;
import slipway.record.GroupState.State;
import slipway.record.Stage;
import slipway.rollout.Instance.Health;
import slipway.settings.Settings;
import slipway.settings.Size;
import slipway.settings.Target;
import slipway.settings.TemplatePath;
import slipway.upload.Upload;
import tarballs.Kind;

/** Before all instances of the first group get the new version, a person must approve. */
class ApprovalTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Settings SETTINGS = canary().settings();

  private final FakeWorld world = new FakeWorld();

  @Test
  void afterTheLastStepItWaitsAndSaysSo() throws Exception {
    Upload upload = waiting(SETTINGS);

    DeploymentRecord record = world.records.record(upload);
    assertThat(record.stage()).isEqualTo(Stage.ROLLING);
    assertThat(record.groups().get(0).state()).isEqualTo(State.WAITING_FOR_APPROVAL);
    assertThat(record.verdict().code()).isEqualTo("waiting-for-approval");
    assertThat(record.verdict().message())
        .isEqualTo(
            "site waits for approval of "
                + digest(upload)
                + " until "
                + asked(upload).plus(HOUR)
                + ".");
    assertThat(record.verdict().nextStep())
        .isEqualTo("echo " + digest(upload) + " | gsutil cp - gs://private/orders/site/approval");
    assertThat(record.lease()).isNull();
    assertThat(world.group.patches()).hasSize(1);
    assertThat(world.log())
        .filteredOn(line -> line.get("event").getAsString().equals("approval.awaited"))
        .singleElement()
        .satisfies(line -> assertThat(line.get("severity").getAsString()).isEqualTo("NOTICE"));
  }

  @Test
  void withAnApprovalItGoesOnAndTheSecondGroupAsksForNoneAgain() throws Exception {
    Settings settings = canary().groups(FakeWorld.GROUP, FakeWorld.SECOND).settings();
    Upload upload = waiting(settings);
    int notes = world.handoffs.events().size();
    sweep(settings, 3);
    assertThat(world.handoffs.events()).as("no call meanwhile").hasSize(notes);

    world.orders.put("site/approval", " " + digest(upload) + "\n");
    sweep(settings, 1);

    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.DEPLOYED);
    assertThat(world.events()).containsOnlyOnce("approval.awaited", "approval.given");
    assertThat(world.orders.answer("site/approval"))
        .contains(world.records.record(upload).id() + " goes on.");
  }

  @Test
  void withoutOneItGoesBackOnceTheTimeIsOverAndTheDigestIsNotBlocked() throws Exception {
    Upload upload = waiting(SETTINGS);

    sweep(SETTINGS, 61);

    DeploymentRecord record = world.records.record(upload);
    assertThat(record.stage()).isEqualTo(Stage.ROLLED_BACK);
    assertThat(record.verdict().code()).isEqualTo("not-approved");
    assertThat(record.verdict().message()).startsWith("Nobody approved of it within 3600 s.");
    assertThat(record.verdict().nextStep())
        .isEqualTo("Upload it again, and approve of it in time.");
    assertThat(world.group.templates()).containsOnly(FakeWorld.FIRST);
    assertThat(world.told("deployment.finished").get(0).get("severity").getAsString())
        .isEqualTo("NOTICE");
    Upload again = world.upload("site-3.tar.gz", Kind.SPARSE);
    deliver(again, SETTINGS);
    assertThat(world.records.record(again).stage()).isEqualTo(Stage.ROLLING);
  }

  @Test
  void anApprovalFromBeforeTheWaitIsNone() throws Exception {
    Upload first = waiting(SETTINGS);
    world.orders.put("site/approval", digest(first));
    sweep(SETTINGS, 1);
    assertThat(world.records.record(first).stage()).isEqualTo(Stage.DEPLOYED);

    Upload same = world.upload("site-3.tar.gz", Kind.SPARSE);
    deliver(same, SETTINGS);
    sweep(SETTINGS, 2);
    assertThat(world.records.record(same).stage()).isEqualTo(Stage.ROLLING);

    world.orders.put("site/approval", digest(same));
    sweep(SETTINGS, 1);
    assertThat(world.records.record(same).stage()).isEqualTo(Stage.DEPLOYED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yes", "0123", "2000 bytes"})
  void anApprovalOfSomethingElseIsNone(String content) throws Exception {
    Upload upload = waiting(SETTINGS);
    world.orders.put("site/approval", content);

    sweep(SETTINGS, 2);

    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.ROLLING);
    assertThat(world.group.patches()).hasSize(1);
  }

  @Test
  void aGroupWithoutStepsIsAskedForBeforeAnythingIsPatched() throws Exception {
    Settings settings = new SiteTarget().approvedWithin(HOUR).settings();
    Upload upload = waiting(settings);
    assertThat(world.group.patches()).isEmpty();
    assertThat(world.records.record(upload).groups().get(0).state())
        .isEqualTo(State.WAITING_FOR_APPROVAL);
    sweep(settings, 2);
    assertThat(world.handoffs.events()).isEmpty();

    world.orders.put("site/approval", digest(upload));
    sweep(settings, 1);

    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.DEPLOYED);
  }

  @Test
  void nothingWasPatchedAndNobodyApproved() throws Exception {
    Settings settings = new SiteTarget().approvedWithin(HOUR).settings();
    Upload upload = waiting(settings);

    sweep(settings, 61);

    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.ROLLED_BACK);
    assertThat(world.records.record(upload).verdict().code()).isEqualTo("not-approved");
    assertThat(world.group.patches()).isEmpty();
  }

  @Test
  void aStepThatTurnsBadWhileItWaitsGoesBack() throws Exception {
    Upload upload = waiting(SETTINGS);
    world.group.becomes(
        world.records.record(upload).groups().get(0).newTemplate(), Health.UNHEALTHY);

    sweep(SETTINGS, 1);

    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.ROLLED_BACK);
    assertThat(world.records.record(upload).verdict().code()).isEqualTo("unhealthy");
  }

  @Test
  void timeThatItWaitsCountsForNoDeadline() throws Exception {
    Settings settings = canary().approvedWithin(Duration.ofDays(2)).settings();
    Upload upload = waiting(settings);
    sweep(settings, 24 * 60);
    TemplatePath fresh = world.records.record(upload).groups().get(0).newTemplate();
    world.group.becomes(fresh, Health.UNKNOWN);
    world.orders.put("site/approval", digest(upload));
    deliver(world.sweep(), settings);
    world.time.afterSleep(
        () -> {
          world.groups.tick();
          world.group.becomes(fresh, Health.HEALTHY);
        });
    deliver(world.handoffs.last(), settings);

    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.DEPLOYED);
  }

  @Test
  void aHoldMeanwhileIsMetAfterTheApproval() throws Exception {
    Upload upload = waiting(SETTINGS);
    world.orders.hold("site", true);
    world.orders.put("site/approval", digest(upload));
    sweep(SETTINGS, 90);
    assertThat(world.records.record(upload).verdict().code()).isEqualTo("on-hold");

    world.orders.hold("site", false);
    sweep(SETTINGS, 1);

    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.DEPLOYED);
  }

  @Test
  void itIsNotAskedForAnyMoreOnceTheSettingsDoNot() throws Exception {
    Upload upload = waiting(SETTINGS);
    Settings free =
        new SiteTarget()
            .canary(new Target.Step(new Size(1, false), Duration.ofSeconds(20)))
            .settings();

    sweep(free, 1);

    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.DEPLOYED);
  }

  @Test
  void eventsThatComeTwiceOrInAnotherOrderChangeNothing() throws Exception {
    Upload upload = waiting(SETTINGS);
    deliver(upload, SETTINGS);
    world.orders.put("site/approval", digest(upload));
    Upload sweep = world.sweep();
    deliver(sweep, SETTINGS);
    deliver(sweep, SETTINGS);
    deliver(upload, SETTINGS);
    deliver(world.handoffs.last(), SETTINGS);
    deliver(upload, SETTINGS);

    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.DEPLOYED);
    assertThat(world.group.patches()).hasSize(2);
    assertThat(world.events()).containsOnlyOnce("approval.given", "deployment.finished");
  }

  private static SiteTarget canary() {
    return new SiteTarget()
        .canary(new Target.Step(new Size(1, false), Duration.ofSeconds(20)))
        .approvedWithin(HOUR);
  }

  private Upload waiting(Settings settings) throws Exception {
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);
    deliver(upload, settings);
    assertThat(world.records.record(upload).verdict().code()).isEqualTo("waiting-for-approval");
    return upload;
  }

  private String digest(Upload upload) {
    return Objects.requireNonNull(world.records.record(upload).artifact()).sha256().hex();
  }

  private Instant asked(Upload upload) {
    return Objects.requireNonNull(world.records.record(upload).groups().get(0).askedAt());
  }

  private void sweep(Settings settings, int minutes) throws Exception {
    for (int i = 0; i < minutes; i++) {
      world.time.sleep(Duration.ofMinutes(1));
      int before = world.handoffs.events().size();
      deliver(world.sweep(), settings);
      List<Upload> notes = world.handoffs.events();
      for (Upload note : notes.subList(before, notes.size())) {
        deliver(note, settings);
      }
    }
  }

  private void deliver(Upload event, Settings settings) throws Exception {
    Intakes.of(world, settings, Duration.ofSeconds(540)).take(event);
  }
}
