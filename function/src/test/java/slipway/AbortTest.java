package slipway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.fakes.FakeWorld;
import slipway.fakes.SiteTarget;
import slipway.record.DeploymentRecord;
import slipway.record.Stage;
import slipway.rollout.Instance.Health;
import slipway.settings.Settings;
import slipway.settings.Size;
import slipway.settings.Target;
import slipway.upload.DeploymentId;
import slipway.upload.Upload;
import tarballs.Kind;

/** What people abort goes back at once; nothing else does. */
class AbortTest {
  private static final Settings SETTINGS =
      new SiteTarget()
          .groups(FakeWorld.GROUP, FakeWorld.SECOND)
          .canary(new Target.Step(new Size(1, false), Duration.ofSeconds(20)))
          .settings();

  private final FakeWorld world = new FakeWorld();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void whateverItDoesEveryGroupThatItTouchedGoesBack(int patches) throws Exception {
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);
    abortWhen("", now -> now.group.patches().size() + now.second.patches().size() == patches);

    deliver(upload);

    DeploymentRecord record = world.records.record(upload);
    assertThat(record.stage()).isEqualTo(Stage.ROLLED_BACK);
    assertThat(record.verdict().code()).isEqualTo("aborted");
    assertThat(record.verdict().message())
        .isEqualTo(
            "It was aborted by gs://private/orders/site/abort."
                + " Every group runs its last known good version again.");
    assertThat(world.group.templates()).containsOnly(FakeWorld.FIRST);
    assertThat(world.second.templates()).containsOnly(FakeWorld.FIRST);
    assertThat(world.orders.answer("site/abort")).contains(record.id() + " goes back.");
    assertThat(world.events()).contains("deployment.recalled").doesNotContain("verdict.bad");
  }

  @Test
  void theSameBytesAreNotBlocked() throws Exception {
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);
    abortWhen(DeploymentId.of("site", upload).value(), now -> now.group.patches().size() == 1);
    deliver(upload);
    assertThat(world.records.record(upload).verdict().code()).isEqualTo("aborted");

    world.time.afterSleep(world.groups::tick);
    Upload again = world.upload("site-3.tar.gz", Kind.SPARSE);
    deliver(again);

    assertThat(world.records.record(again).stage()).isEqualTo(Stage.DEPLOYED);
  }

  @Test
  void onHoldAndWithNothingPatchedItJustEnds() throws Exception {
    world.orders.hold("site", true);
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);
    deliver(upload);
    world.orders.put("site/abort", "");

    sweep();

    DeploymentRecord record = world.records.record(upload);
    assertThat(record.stage()).isEqualTo(Stage.ROLLED_BACK);
    assertThat(record.verdict().code()).isEqualTo("aborted");
    assertThat(world.group.patches()).isEmpty();
    assertThat(world.images.names()).isEmpty();
    assertThat(world.told("deployment.finished")).hasSize(1);
  }

  @Test
  void whileItSoaksForLongTheSweepFindsTheOrder() throws Exception {
    Settings soaks =
        new SiteTarget()
            .canary(new Target.Step(new Size(1, false), Duration.ofHours(40)))
            .settings();
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);
    Intakes.of(world, soaks, Duration.ofSeconds(540)).take(upload);
    world.orders.put("site/abort", world.records.record(upload).id());

    sweep(soaks);

    assertThat(world.records.record(upload).verdict().code()).isEqualTo("aborted");
    assertThat(world.group.templates()).containsOnly(FakeWorld.FIRST);
  }

  @Test
  void anOrderFromBeforeTheUploadIsNotForIt() throws Exception {
    world.orders.put("site/abort", "");
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);

    deliver(upload);

    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.DEPLOYED);
  }

  @Test
  void anOrderForAnotherDeploymentIsNotForIt() throws Exception {
    Upload upload = world.upload("site-2.tar.gz", Kind.SPARSE);
    abortWhen("site-20261122-134233-4f2a9c", now -> now.group.patches().size() == 1);

    deliver(upload);

    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.DEPLOYED);
  }

  @Test
  void whatGoesBackAlreadyOrHasEndedIsLeftAsItIs() throws Exception {
    world.group.newInstancesAre(Health.UNHEALTHY);
    Upload bad = world.upload("site-2.tar.gz", Kind.SPARSE);
    abortWhen("", now -> now.group.patches().size() == 2);
    deliver(bad);
    assertThat(world.records.record(bad).verdict().code()).isEqualTo("unhealthy");

    sweep();
    assertThat(world.records.record(bad).verdict().code()).isEqualTo("unhealthy");
    assertThat(world.events()).containsOnlyOnce("deployment.finished");
  }

  /** Somebody writes it when the world is so, once. */
  private void abortWhen(String content, Predicate<FakeWorld> moment) {
    world.time.afterSleep(
        () -> {
          world.groups.tick();
          if (moment.test(world) && world.orders.answer("site/abort").isEmpty()) {
            world.orders.put("site/abort", content);
          }
        });
  }

  private void sweep() throws Exception {
    sweep(SETTINGS);
  }

  private void sweep(Settings settings) throws Exception {
    world.time.sleep(Duration.ofMinutes(1));
    int before = world.handoffs.events().size();
    Intakes.of(world, settings, Duration.ofSeconds(540)).take(world.sweep());
    for (int i = before; i < world.handoffs.events().size(); i++) {
      Intakes.of(world, settings, Duration.ofSeconds(540)).take(world.handoffs.events().get(i));
    }
  }

  private void deliver(Upload event) throws Exception {
    Intakes.of(world, SETTINGS, Duration.ofSeconds(540)).take(event);
  }
}
