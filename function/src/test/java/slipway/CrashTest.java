package slipway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.fakes.FakeMonitoring;
import slipway.fakes.FakeWorld;
import slipway.fakes.SiteTarget;
import slipway.gcp.Ports;
import slipway.record.DeploymentRecord;
import slipway.record.GroupState;
import slipway.record.OpenMarkers;
import slipway.record.Stage;
import slipway.rollout.Instance.Health;
import slipway.rollout.Made;
import slipway.settings.Settings;
import slipway.settings.Size;
import slipway.settings.Target;
import slipway.settings.TemplatePath;
import slipway.time.CallOver;
import slipway.upload.Upload;
import tarballs.Kind;
import tarballs.SimulatedDisk;

/**
 * The call dies at each of its outside calls, before and after its effect; the event comes again.
 * Two waves, each with a canary, or with two steps.
 */
class CrashTest {
  private static final Target.Step ONE =
      new Target.Step(new Size(1, false), Duration.ofSeconds(20));

  private static final Target.Step HALF =
      new Target.Step(new Size(50, true), Duration.ofSeconds(20));

  private static final Settings SETTINGS = settings(List.of(ONE));
  private static final Settings IN_STEPS = settings(List.of(ONE, HALF));
  private static final Settings SOAKING = soaking(Duration.ofMinutes(6));

  private static final Settings APPROVAL =
      new SiteTarget()
          .groups(FakeWorld.GROUP, FakeWorld.SECOND)
          .canary(ONE)
          .approvedWithin(Duration.ofMinutes(5))
          .settings();

  private static final Settings WITH_ALARMS =
      new SiteTarget()
          .groups(FakeWorld.GROUP, FakeWorld.SECOND)
          .canary(new Target.Step(new Size(1, false), Duration.ofSeconds(600)))
          .deadlines(
              new Target.Deadlines(
                  Duration.ofSeconds(600), Duration.ofSeconds(120), Duration.ofHours(3)))
          .alarms(FakeMonitoring.ERRORS)
          .settings();

  private static final Settings KEEPING_ONE =
      new SiteTarget().groups(FakeWorld.GROUP, FakeWorld.SECOND).canary(ONE).keep(1).settings();

  /** How the deployment would go without a crash. */
  private enum Story {
    GOOD,
    BAD,
    BAD_IN_THE_SECOND_WAVE,
    OVERTAKEN,
    /** From the canary on, for a while. */
    ON_HOLD,
    /** Since an alert opens in the second wave. */
    BAD_SINCE_AN_ALERT_OPENED,
    IN_STEPS,
    BAD_AT_THE_SECOND_STEP,
    /** For longer than a call would stay, at the step and at the end; of one group. */
    SOAKING_FOR_LONG,
    BAD_WHILE_IT_SOAKS_FOR_LONG,
    /** From the canary on, until somebody approves. */
    APPROVED,
    BAD_SINCE_NOBODY_APPROVED,
    /** While the second group rolls. */
    BAD_SINCE_IT_WAS_ABORTED,
    /** After two good ones: the first one's image goes, and the second one's is announced. */
    PRUNING;

    boolean isGood() {
      return !name().startsWith("BAD");
    }
  }

  private static Settings soaking(Duration soak) {
    return new SiteTarget()
        .steps(List.of(new Target.Step(new Size(1, false), soak)))
        .deadlines(new Target.Deadlines(soak, Duration.ofSeconds(120), Duration.ofSeconds(1200)))
        .settings();
  }

  private static Settings of(Story story) {
    return switch (story) {
      case IN_STEPS, BAD_AT_THE_SECOND_STEP -> IN_STEPS;
      case APPROVED, BAD_SINCE_NOBODY_APPROVED -> APPROVAL;
      case SOAKING_FOR_LONG, BAD_WHILE_IT_SOAKS_FOR_LONG -> SOAKING;
      case BAD_SINCE_AN_ALERT_OPENED -> WITH_ALARMS;
      case PRUNING -> KEEPING_ONE;
      default -> SETTINGS;
    };
  }

  private static Settings settings(List<Target.Step> steps) {
    return new SiteTarget().groups(FakeWorld.GROUP, FakeWorld.SECOND).steps(steps).settings();
  }

  @ParameterizedTest
  @EnumSource
  void whereverACallDiesTheNextOneFinishesTheSameDeployment(Story story) throws Exception {
    int calls = new Run(story, new Dying(Integer.MAX_VALUE, false)).toItsEnd();
    assertThat(calls).isGreaterThan(40);
    // Each has a world of its own, so they use every core.
    IntStream.rangeClosed(1, calls)
        .boxed()
        .flatMap(at -> Stream.of(new Dying(at, false), new Dying(at, true)))
        .parallel()
        .forEach(dying -> new Run(story, dying).toItsEndUnchecked());
    System.out.println(story + ": " + 2 * calls + " crashes, each followed by the right end");
  }

  private static final class Run {
    private final FakeWorld world = new FakeWorld();
    private final Settings settings;
    private final Story story;
    private final Dying dying;
    private boolean released;

    Run(Story story, Dying dying) {
      this.story = story;
      this.settings = of(story);
      this.dying = dying;
    }

    void toItsEndUnchecked() {
      try {
        toItsEnd();
      } catch (Exception failed) {
        throw new AssertionError(where(), failed);
      }
    }

    /** Returns the number of outside calls. */
    int toItsEnd() throws Exception {
      if (story == Story.BAD) {
        world.group.newInstancesAre(Health.UNHEALTHY);
      } else if (story == Story.BAD_IN_THE_SECOND_WAVE) {
        world.second.newInstancesAre(Health.UNHEALTHY);
      } else if (story == Story.ON_HOLD) {
        world.time.afterSleep(this::holdOnceTheCanaryIsTold);
      } else if (story == Story.BAD_SINCE_AN_ALERT_OPENED) {
        world.time.afterSleep(this::alarmInTheSecondWave);
      } else if (story == Story.BAD_SINCE_IT_WAS_ABORTED) {
        world.time.afterSleep(this::abortOnceTheSecondGroupIsTold);
      } else if (story == Story.BAD_AT_THE_SECOND_STEP) {
        world.time.afterSleep(this::turnBadAtTheSecondStep);
      }
      if (story == Story.PRUNING) {
        deployUncrashed("site-0.tar.gz");
        deployUncrashed("site-1.tar.gz");
      }
      Upload upload = world.upload("site-2.tar.gz", SimulatedDisk.healthy("2"));
      List<Upload> uploads = new ArrayList<>(List.of(upload));
      if (story == Story.OVERTAKEN) {
        deliver(upload, Duration.ofSeconds(130));
        uploads.add(world.upload("site-3.tar.gz", Kind.GPT));
      }
      for (int round = 0; uploads.stream().anyMatch(this::isOpen); round++) {
        assertThat(round).as(where()).isLessThan(60);
        for (Upload one : uploads) {
          deliver(one, settings.call());
        }
        for (Upload note : world.handoffs.events()) {
          deliver(note, settings.call());
        }
        world.time.sleep(Duration.ofSeconds(61));
        if (story == Story.ON_HOLD) {
          released = round >= 3;
          world.orders.hold("site", !released);
        }
        if (story == Story.APPROVED && round == 3) {
          world.orders.put("site/approval", digest(upload));
        }
        if (story == Story.BAD_WHILE_IT_SOAKS_FOR_LONG && round == 9) {
          world.group.becomes(
              world.group.patches().get(0).versions().get(1).template(), Health.UNHEALTHY);
        }
        deliver(world.sweep(), settings.call());
      }
      int all = dying.calls();
      check(uploads);
      deliver(world.sweep(), settings.call());
      assertThat(world.own.all()).as(where()).isEmpty();
      if (story == Story.PRUNING) {
        checkThatTheNextOnePrunesTheRest(uploads.get(0));
      }
      return all;
    }

    private void deployUncrashed(String object) throws Exception {
      Upload upload = world.upload(object, SimulatedDisk.healthy(object));
      Intakes.of(world, settings, Duration.ofHours(1)).take(upload);
      assertThat(world.records.record(upload).stage()).as(where()).isEqualTo(Stage.DEPLOYED);
      world.time.sleep(Duration.ofHours(25));
    }

    private void holdOnceTheCanaryIsTold() {
      world.groups.tick();
      if (!world.group.patches().isEmpty()) {
        assertThat(world.group.patches().size() > 1 && !released).as(where()).isFalse();
        world.orders.hold("site", !released);
      }
    }

    private void alarmInTheSecondWave() {
      world.groups.tick();
      if (!world.second.patches().isEmpty()) {
        world.monitoring.open(FakeMonitoring.ERRORS, "a", world.time.instant());
      }
    }

    private String digest(Upload upload) {
      return Objects.requireNonNull(world.records.record(upload).artifact()).sha256().hex();
    }

    private void abortOnceTheSecondGroupIsTold() {
      world.groups.tick();
      if (world.second.patches().size() == 1) {
        world.orders.put("site/abort", "");
      }
    }

    private void turnBadAtTheSecondStep() {
      world.groups.tick();
      if (world.group.patches().size() == 2) {
        world.group.becomes(
            world.group.patches().get(1).versions().get(1).template(), Health.UNHEALTHY);
      }
    }

    private boolean isOpen(Upload upload) {
      return world.records.json(upload).isEmpty() || world.records.record(upload).isOpen();
    }

    private boolean isDeployed(Upload upload) {
      return world.records.record(upload).stage() == Stage.DEPLOYED;
    }

    private void deliver(Upload event, Duration call) throws Exception {
      Ports ports = dying.around(world.ports());
      try {
        Intakes.of(world, ports, settings, call).take(event);
      } catch (Dying.Crash | CallOver comesAgain) {
        assertThat(comesAgain).isNotNull();
      }
      assertThat(world.own.all())
          .as(where())
          .extracting(OpenMarkers.Marker::deployment)
          .containsAll(world.records.open().stream().map(open -> open.record().id()).toList());
    }

    private void check(List<Upload> uploads) {
      DeploymentRecord first = world.records.record(uploads.get(0));
      DeploymentRecord last = world.records.record(uploads.get(uploads.size() - 1));
      boolean good = story.isGood();
      assertThat(last.stage())
          .as(where() + " " + last.verdict())
          .isEqualTo(good ? Stage.DEPLOYED : Stage.ROLLED_BACK);
      if (story == Story.OVERTAKEN) {
        assertThat(first.stage()).as(where()).isIn(Stage.SUPERSEDED, Stage.DEPLOYED);
      }
      if (story != Story.PRUNING) {
        checkThatNothingIsLeftBehind(uploads);
      }
      checkThatTheStateKnowsAll();
      assertThat(world.buckets.copies()).as(where()).isEmpty();
      assertThat(world.images.active("site")).as(where()).hasSize(activeImages(uploads));
      assertThat(world.group.templates())
          .as(where())
          .containsOnly(good ? last.groups().get(0).newTemplate() : FakeWorld.FIRST);
      assertThat(world.second.templates())
          .as(where())
          .containsOnly(
              good && last.groups().size() == 2
                  ? last.groups().get(1).newTemplate()
                  : FakeWorld.FIRST);
      assertThat(world.events()).as(where()).doesNotContain("call.failed");
      for (String once : List.of("upload.received", "deployment.finished")) {
        int earlier = story == Story.PRUNING ? 2 : 0;
        assertThat(world.told(once)).as(where()).hasSize(uploads.size() + earlier);
      }
    }

    /**
     * A bad version stays until the next good one, for people to look at; an overtaken one goes.
     */
    private void checkThatNothingIsLeftBehind(List<Upload> uploads) {
      List<DeploymentRecord> staying =
          uploads.stream()
              .map(world.records::record)
              .filter(record -> record.stage() != Stage.SUPERSEDED)
              .toList();
      assertThat(world.images.names())
          .as(where())
          .containsExactlyInAnyOrderElementsOf(
              staying.stream()
                  .map(record -> Objects.requireNonNull(record.image()).name().value())
                  .toList());
      List<TemplatePath> templates =
          new ArrayList<>(
              staying.stream()
                  .flatMap(record -> record.groups().stream())
                  .map(GroupState::newTemplate)
                  .filter(path -> !path.equals(TemplatePath.NONE))
                  .toList());
      templates.add(FakeWorld.FIRST);
      assertThat(world.templates.paths())
          .as(where())
          .containsExactlyInAnyOrderElementsOf(templates);
    }

    /**
     * Those that are good, and before the one that prunes the one before it, until that is
     * announced.
     */
    private int activeImages(List<Upload> uploads) {
      int good = (int) uploads.stream().filter(this::isDeployed).count();
      boolean announced =
          story != Story.PRUNING
              || world.images.names().stream()
                      .flatMap(name -> world.images.find(name).stream())
                      .filter(image -> image.deleteAfter() == null)
                      .count()
                  == good;
      return announced ? good : good + 1;
    }

    private void checkThatTheStateKnowsAll() {
      List<Made> made = world.own.find("site").state().known();
      assertThat(made)
          .as(where())
          .extracting(one -> one.image().value())
          .containsAll(world.images.names());
      assertThat(made)
          .as(where())
          .flatExtracting(Made::templates)
          .containsAll(
              world.templates.paths().stream()
                  .filter(path -> !path.equals(FakeWorld.FIRST))
                  .toList());
    }

    private void checkThatTheNextOnePrunesTheRest(Upload before) throws Exception {
      world.time.sleep(Duration.ofHours(25));
      deployUncrashed("site-3.tar.gz");
      deployUncrashed("site-4.tar.gz");
      assertThat(world.images.names())
          .as(where())
          .hasSize(2)
          .doesNotContain(world.records.record(before).id());
      assertThat(world.templates.paths()).as(where()).hasSize(5);
      assertThat(world.own.find("site").state().known()).as(where()).hasSize(2);
    }

    private String where() {
      return story + " " + dying;
    }
  }
}
