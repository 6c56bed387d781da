package slipway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import slipway.fakes.FakeGroup;
import slipway.fakes.FakeWorld;
import slipway.fakes.SiteTarget;
import slipway.record.DeploymentRecord;
import slipway.record.Stage;
import slipway.rollout.Group;
import slipway.rollout.Groups.Ended;
import slipway.rollout.Instance;
import slipway.rollout.Instance.Action;
import slipway.rollout.Instance.Health;
import slipway.rollout.Instance.Status;
import slipway.rollout.TargetState;
import slipway.rollout.Version;
import slipway.settings.GroupPath;
import slipway.settings.Settings;
import slipway.settings.Size;
import slipway.settings.Target;
import slipway.settings.TemplatePath;
import slipway.upload.Upload;
import tarballs.Kind;

/** Bad is what the new version did, and good what was seen to serve. */
class EvidenceTest {
  private static final Settings AT_ONCE = new SiteTarget().settings();
  private static final Settings WITH_CANARY = canary(new Size(1, false));
  private static final Settings TWO_WAVES =
      new SiteTarget().groups(FakeWorld.GROUP, FakeWorld.SECOND).settings();
  private static final TemplatePath PENDING =
      new TemplatePath("projects/demo/global/instanceTemplates/pending");

  private final FakeWorld world = new FakeWorld();
  private final FakeGroup group = world.group;
  private Instant watched = Instant.MAX;

  private static Settings canary(Size size) {
    return new SiteTarget().canary(new Target.Step(size, Duration.ofSeconds(60))).settings();
  }

  @Test
  void namesOfVersionsAreSentBackAsTheyWereRead() throws Exception {
    Version named = new Version(FakeWorld.FIRST, "0/2026-11-01", null);
    group.tell(List.of(named));
    group.newInstancesAre(Health.UNHEALTHY);

    DeploymentRecord record = deploy(WITH_CANARY);

    assertThat(record.stage()).isEqualTo(Stage.ROLLED_BACK);
    assertThat(group.patches()).hasSize(2);
    assertThat(group.patches().get(0).versions()).contains(named);
    assertThat(group.patches().get(1).versions()).containsExactly(named);
  }

  @Test
  void theCommandForAPersonNamesTheVersionToo() throws Exception {
    group.tell(List.of(new Version(FakeWorld.FIRST, "stable", null)));
    group.newInstancesAre(Health.UNHEALTHY);
    afterEachSleep(
        () -> {
          if (group.patches().size() == 2) {
            group.becomes(FakeWorld.FIRST, Health.UNHEALTHY);
          }
        });

    assertThat(deploy(AT_ONCE).verdict().nextStep())
        .contains("--version=template=" + FakeWorld.FIRST + ",name=stable --zone=");
  }

  @Test
  void aGroupWithoutInstancesGetsTheVersionAndNothingIsTakenForGood() throws Exception {
    group.resize(0);

    DeploymentRecord record = deploy(WITH_CANARY);

    assertThat(record.stage()).isEqualTo(Stage.DEPLOYED);
    assertThat(record.verdict().code()).isEqualTo("unseen");
    assertThat(group.patches()).hasSize(1);
    assertThat(world.images.active("site")).isEmpty();
    assertThat(state().good()).isNull();
    assertThat(lastGood(FakeWorld.GROUP)).isEqualTo(FakeWorld.FIRST);
  }

  @Test
  void afterAnUnseenVersionABadOneGoesBackToWhatServes() throws Exception {
    group.resize(0);
    TemplatePath unseen = deploy(AT_ONCE).groups().get(0).newTemplate();
    group.resize(3);
    group.newInstancesAre(Health.UNHEALTHY);

    DeploymentRecord bad = deploy(Kind.GPT, WITH_CANARY);

    assertThat(bad.stage()).isEqualTo(Stage.ROLLED_BACK);
    assertThat(group.templates()).containsOnly(unseen);
  }

  @Test
  void anUnseenVersionThatIsIllIsNothingToGoBackTo() throws Exception {
    group.resize(0);
    group.becomes(deploy(AT_ONCE).groups().get(0).newTemplate(), Health.UNHEALTHY);
    group.resize(3);
    group.heal();
    group.newInstancesAre(Health.UNHEALTHY);

    assertThat(deploy(Kind.GPT, AT_ONCE).stage()).isEqualTo(Stage.ROLLED_BACK);
    assertThat(group.templates()).containsOnly(FakeWorld.FIRST);
  }

  @Test
  void aWaveWithoutInstancesDoesNotTakeTheGoodEndFromTheOther() throws Exception {
    world.second.resize(0);

    DeploymentRecord record = deploy(TWO_WAVES);

    assertThat(record.verdict().code()).isEqualTo("healthy");
    assertThat(world.images.active("site")).hasSize(1);
    assertThat(lastGood(FakeWorld.SECOND)).isEqualTo(FakeWorld.FIRST);
  }

  @Test
  void aGroupThatLosesAllInstancesDuringTheRolloutShowsNothing() throws Exception {
    group.newInstancesAre(Health.UNHEALTHY);
    oncePatched(() -> group.resize(0));

    DeploymentRecord record = deploy(WITH_CANARY);

    assertThat(record.stage()).isEqualTo(Stage.ROLLED_BACK);
    assertThat(record.verdict().code()).isEqualTo("cannot-tell");
  }

  @Test
  void aShareIsAsManyAsComputeCounts() throws Exception {
    DeploymentRecord record = deploy(canary(new Size(10, true)));

    assertThat(record.stage()).isEqualTo(Stage.DEPLOYED);
    assertThat(world.log())
        .filteredOn(line -> line.get("message").getAsString().startsWith("1 of 1 instances"))
        .isNotEmpty();
  }

  @Test
  void aHealthCheckThatIsTakenAwayLeavesNothingToTellBy() throws Exception {
    group.newInstancesAre(Health.UNHEALTHY);
    oncePatched(group::uncheck);

    DeploymentRecord record = deploy(AT_ONCE);

    assertThat(record.stage()).isEqualTo(Stage.ROLLED_BACK);
    assertThat(record.verdict().code()).isEqualTo("cannot-tell");
    assertThat(record.verdict().message()).contains("autohealing health check");
    assertThat(world.own.blocked()).isEmpty();
  }

  @Test
  void aGroupThatWasIllGoesBackToBeingIllAndBlocksNothing() throws Exception {
    group.becomes(FakeWorld.FIRST, Health.UNHEALTHY);
    group.newInstancesAre(Health.UNHEALTHY);
    group.heal();

    DeploymentRecord record = deploy(WITH_CANARY);

    assertThat(record.stage()).isEqualTo(Stage.ROLLED_BACK);
    assertThat(record.verdict().code()).isEqualTo("old-unhealthy");
    assertThat(record.verdict().message())
        .contains("the old ones fail as well")
        .contains("Instances of site-group were already unhealthy before this deployment.");
    assertThat(record.verdict().nextStep()).doesNotContain("Mend the disk");
    assertThat(world.own.blocked()).isEmpty();
  }

  @Test
  void aGroupThatWasIllIsMendedByAGoodVersion() throws Exception {
    group.becomes(FakeWorld.FIRST, Health.UNHEALTHY);
    group.heal();

    assertThat(deploy(WITH_CANARY).stage()).isEqualTo(Stage.DEPLOYED);
  }

  @Test
  void whatAnOpportunisticGroupRunsIsGoodAndNotWhatWaits() throws Exception {
    world.templates.put(
        PENDING,
        """
        {"name": "pending", "properties": {"disks": [
          {"boot": true, "initializeParams": {"sourceImage": "global/images/site-1"}}]}}
        """);
    group.set(new Group.Policies(true, Duration.ZERO, false, true, false, false));
    group.tell(PENDING);
    group.newInstancesAre(Health.UNHEALTHY);

    DeploymentRecord record = deploy(WITH_CANARY);

    assertThat(record.stage()).isEqualTo(Stage.ROLLED_BACK);
    assertThat(record.groups().get(0).previousTemplate()).isEqualTo(FakeWorld.FIRST);
    assertThat(group.templates()).containsOnly(FakeWorld.FIRST);
  }

  @Test
  void looksThatFailForAWhileAreNoVerdict() throws Exception {
    oncePatched(
        () -> {
          boolean lost = world.time.instant().isBefore(watched.plusSeconds(60));
          group.lose(lost ? new IllegalStateException("403 Forbidden") : null);
        });

    assertThat(deploy(WITH_CANARY).stage()).isEqualTo(Stage.DEPLOYED);
    assertThat(world.events()).contains("rollout.look-lost");
  }

  @Test
  void looksThatFailToTheDeadlineTellNothing() throws Exception {
    oncePatched(
        () -> {
          boolean lost = world.time.instant().isBefore(watched.plusSeconds(150));
          group.lose(lost ? new IllegalStateException("403 Forbidden") : null);
        });

    DeploymentRecord record = deploy(AT_ONCE);

    assertThat(record.stage()).isEqualTo(Stage.ROLLED_BACK);
    assertThat(record.verdict().code()).isEqualTo("cannot-tell");
    assertThat(record.verdict().message()).contains("403 Forbidden");
    assertThat(world.own.blocked()).isEmpty();
  }

  @Test
  void aGroupThatIsGoneGetsNoCommand() throws Exception {
    afterEachSleep(
        () -> {
          if (!world.second.patches().isEmpty()) {
            world.second.delete();
          }
        });

    DeploymentRecord record = deploy(TWO_WAVES);

    assertThat(record.verdict().code()).isEqualTo("no-such-group");
    assertThat(record.verdict().nextStep()).doesNotContain("site-group-b");
    assertThat(group.templates()).containsOnly(FakeWorld.FIRST);
  }

  @Test
  void aMachineThatEndsAgainAndAgainIsACrashLoopAndItsDiskIsBlocked() throws Exception {
    crashes();

    DeploymentRecord record = deploy(AT_ONCE);

    assertThat(record.verdict().code()).isEqualTo("crash-loop");
    assertThat(world.own.blocked()).hasSize(1);
  }

  @Test
  void machinesThatComputeTakesBackCountForNothing() throws Exception {
    group.endBy(Ended.PREEMPTED);
    crashes();
    oncePatched(
        () -> {
          if (world.time.instant().isAfter(watched.plusSeconds(60))) {
            group.see(0, UnaryOperator.identity());
          }
        });

    assertThat(deploy(AT_ONCE).stage()).isEqualTo(Stage.DEPLOYED);
  }

  @Test
  void endsOfWhichNobodyMayAskTellNothing() throws Exception {
    group.endBy(Ended.UNKNOWN);
    crashes();

    DeploymentRecord record = deploy(AT_ONCE);

    assertThat(record.verdict().code()).isEqualTo("cannot-tell");
    assertThat(record.verdict().message()).contains("compute.zoneOperations.list");
    assertThat(world.own.blocked()).isEmpty();
  }

  private TargetState state() {
    return world.own.find("site").state();
  }

  private @Nullable TemplatePath lastGood(GroupPath path) {
    return Objects.requireNonNull(state().groups().get(path.toString())).lastGood();
  }

  /** The first instance of a new version is made anew every eight seconds. */
  private void crashes() {
    group.see(
        0,
        one ->
            one.template().equals(FakeWorld.FIRST)
                    || world.time.instant().getEpochSecond() / 8 % 2 == 0
                ? one
                : seen(one, Status.OTHER, Action.RECREATING));
    oncePatched(() -> {});
  }

  @Test
  void aVersionWhoseMachineEndsBetweenLooksGoesBack() throws Exception {
    group.see(
        0,
        one ->
            new Instance(
                one.path(),
                Long.toString(world.time.instant().getEpochSecond() / 30),
                one.template(),
                one.status(),
                one.action(),
                one.health(),
                null));
    oncePatched(() -> {});

    assertThat(deploy(AT_ONCE).verdict().code()).isEqualTo("crash-loop");
    assertThat(group.templates()).containsOnly(FakeWorld.FIRST);
  }

  private static Instance seen(Instance one, Status status, Action action) {
    return new Instance(one.path(), one.id(), one.template(), status, action, Health.UNKNOWN, null);
  }

  private void afterEachSleep(Runnable event) {
    world.time.afterSleep(
        () -> {
          world.groups.tick();
          remember();
          event.run();
        });
  }

  private void oncePatched(Runnable event) {
    afterEachSleep(
        () -> {
          if (!watched.equals(Instant.MAX)) {
            event.run();
          }
        });
  }

  private void remember() {
    if (!group.patches().isEmpty() && watched.equals(Instant.MAX)) {
      watched = world.time.instant();
    }
  }

  private DeploymentRecord deploy(Settings settings) throws Exception {
    return deploy(Kind.SPARSE, settings);
  }

  private DeploymentRecord deploy(Kind kind, Settings settings) throws Exception {
    Upload upload = world.upload("site-" + world.time.instant().toEpochMilli() + ".tar.gz", kind);
    Intakes.of(world, settings, Duration.ofSeconds(540)).take(upload);
    while (!world.records.record(upload).stage().isTerminal()) {
      Intakes.of(world, settings, Duration.ofSeconds(540)).take(world.handoffs.last());
    }
    return world.records.record(upload);
  }
}
