package slipway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import slipway.fakes.FakeWorld;
import slipway.fakes.SiteTarget;
import slipway.record.DeploymentRecord;
import slipway.record.GroupState;
import slipway.record.GroupState.State;
import slipway.record.Stage;
import slipway.rollout.Groups.Intent;
import slipway.rollout.Instance.Health;
import slipway.settings.Settings;
import slipway.settings.Size;
import slipway.settings.Target;
import slipway.settings.TemplatePath;
import slipway.upload.Upload;
import tarballs.Kind;

/** A group gets the new version in some instances, then in more, and then in all. */
class StepsTest {
  private static final Duration CALL = Duration.ofSeconds(540);

  private final FakeWorld world = new FakeWorld();

  @Test
  void eachStepIsPatchedWatchedAndSoakedBeforeTheNext() throws Exception {
    world.group.resize(11);

    DeploymentRecord record = deploy(steps(10, 20, 50, 30), upload());

    assertThat(record.stage()).isEqualTo(Stage.DEPLOYED);
    assertThat(sizes()).containsExactly("10%", "50%", "all");
    assertThat(record.groups().get(0).step()).isNull();
    assertThat(sentences("rollout.started"))
        .containsExactly(
            "site-group takes step 1 of 2, 10%.",
            "site-group takes step 2 of 2, 50%.", "site-group replaces its instances.");
    assertThat(sentences("rollout.progress"))
        .as("percentages round up: 2 and 6 of 11")
        .anyMatch(line -> line.startsWith("2 of 2 instances"))
        .anyMatch(line -> line.startsWith("6 of 6 instances"));
  }

  @Test
  void aStepThatTurnsBadGoesBackAtOnce() throws Exception {
    world.group.resize(10);
    world.time.afterSleep(
        () -> {
          world.groups.tick();
          if (world.group.patches().size() == 2) {
            world.group.becomes(newest(), Health.UNHEALTHY);
          }
        });

    DeploymentRecord record = deploy(steps(10, 20, 50, 20, 80, 20), upload());

    assertThat(record.stage()).isEqualTo(Stage.ROLLED_BACK);
    assertThat(record.groups().get(0).step()).isEqualTo(new GroupState.Step(2, 3, "50%", 20));
    assertThat(sizes()).containsExactly("10%", "50%", "all");
    assertThat(world.group.templates()).containsOnly(FakeWorld.FIRST);
  }

  @Test
  void theRecordSaysWhichStepTheGroupTakes() throws Exception {
    Upload upload = upload();
    deliver(steps(1, 20, 60, 200), upload, Duration.ofSeconds(150));

    GroupState group = world.records.record(upload).groups().get(0);
    assertThat(group.state()).isEqualTo(State.CANARY);
    assertThat(group.step()).isEqualTo(new GroupState.Step(2, 2, "60%", 200));
    assertThat(world.records.json(upload).orElseThrow()).contains("\"size\": \"60%\"");
  }

  @Test
  void aStepUnderWayIsTheOneInTheRecordWhateverTheSettingsSayByNow() throws Exception {
    Upload upload = upload();
    deliver(steps(1, 20, 60, 200), upload, Duration.ofSeconds(150));

    deliver(steps(30, 20), world.handoffs.last(), CALL);

    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.DEPLOYED);
    assertThat(sizes()).containsExactly("1%", "60%", "all");
  }

  @Test
  void aStepThatTheGroupHasShrunkBelowIsPassedOver() throws Exception {
    world.group.resize(10);
    world.time.afterSleep(
        () -> {
          world.groups.tick();
          if (world.group.patches().size() == 1) {
            world.group.resize(4);
          }
        });
    Settings settings =
        new SiteTarget()
            .steps(List.of(step(new Size(1, false)), step(new Size(5, false))))
            .settings();

    assertThat(deploy(settings, upload()).stage()).isEqualTo(Stage.DEPLOYED);
    assertThat(sizes()).containsExactly("1", "all");
  }

  @Test
  void noStepTakesInstancesBack() throws Exception {
    world.group.resize(10);
    Settings settings =
        new SiteTarget()
            .steps(
                List.of(
                    step(new Size(5, false)), step(new Size(10, true)), step(new Size(8, false))))
            .settings();

    assertThat(deploy(settings, upload()).stage()).isEqualTo(Stage.DEPLOYED);
    assertThat(sizes()).containsExactly("5", "8", "all");
  }

  @Test
  void anEventThatComesTwiceTakesNoStepTwice() throws Exception {
    Upload upload = upload();
    Settings settings = steps(1, 20, 60, 200);
    deliver(settings, upload, Duration.ofSeconds(150));
    deliver(settings, upload, CALL);
    deliver(settings, world.handoffs.last(), CALL);
    deliver(settings, world.handoffs.last(), CALL);
    deliver(settings, upload, CALL);

    assertThat(world.records.record(upload).stage()).isEqualTo(Stage.DEPLOYED);
    assertThat(sizes()).containsExactly("1%", "60%", "all");
  }

  private static Target.Step step(Size size) {
    return new Target.Step(size, Duration.ofSeconds(20));
  }

  /** Of percentages, each followed by its soak in seconds. */
  private static Settings steps(int... sizesAndSoaks) {
    return new SiteTarget()
        .steps(
            IntStream.range(0, sizesAndSoaks.length / 2)
                .mapToObj(
                    i ->
                        new Target.Step(
                            new Size(sizesAndSoaks[2 * i], true),
                            Duration.ofSeconds(sizesAndSoaks[2 * i + 1])))
                .toList())
        .settings();
  }

  private Upload upload() {
    return world.upload("site-2.tar.gz", Kind.SPARSE);
  }

  private DeploymentRecord deploy(Settings settings, Upload upload) throws Exception {
    deliver(settings, upload, CALL);
    return world.records.record(upload);
  }

  private void deliver(Settings settings, Upload event, Duration call) throws Exception {
    Intakes.of(world, settings, call).take(event);
  }

  private TemplatePath newest() {
    return world.group.patches().get(0).versions().get(1).template();
  }

  private List<String> sizes() {
    return world.group.patches().stream().map(StepsTest::size).toList();
  }

  private static String size(Intent patch) {
    return patch.versions().size() == 1 ? "all" : String.valueOf(patch.versions().get(1).size());
  }

  private List<String> sentences(String event) {
    return world.log().stream()
        .filter(line -> line.get("event").getAsString().equals(event))
        .map(line -> line.get("message").getAsString())
        .toList();
  }
}
