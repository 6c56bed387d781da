package slipway.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.verdict.JudgeTest.START;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.rollout.Group;
import slipway.rollout.Rollout;
import slipway.rollout.Version;
import slipway.settings.Target.Deadlines;
import slipway.verdict.Verdict.Answer;
import slipway.verdict.Verdict.Code;

/** What happened to single instances, and beside them to the old ones, look after look. */
class PlacesTest {
  private static final Duration DELAY = Duration.ofSeconds(1200);

  private Rollout rollout = JudgeTest.WHOLE;
  private Duration delay = Duration.ZERO;
  private boolean recreates;
  private boolean stable = true;
  private Progress progress = Progress.startingAt(START, null, null);

  @ParameterizedTest
  @CsvSource({"NNNNNNNNNNNN", "NNNNNNNNNNNNNNNNNNNN"})
  void machinesThatEndOnceEachInALargeGroupAreNoCrashLoop(String all) {
    assertThat(at(1, all).code()).isEqualTo(Code.SOAKING);
    for (int place = 0; place < 3; place++) {
      String one = all.substring(0, place) + "R" + all.substring(place + 1);
      assertThat(at(2 + 2 * place, one).answer()).isEqualTo(Answer.STILL_GOING);
      assertThat(at(3 + 2 * place, all).answer()).isEqualTo(Answer.STILL_GOING);
    }
    assertThat(at(70, all).answer()).isEqualTo(Answer.GOOD);
  }

  @Test
  void oneAndTheSamePlaceThatFailsAgainAndAgainIsACrashLoop() {
    for (int i = 0; i < 2; i++) {
      assertThat(at(10 * i, "NNNNNNNNNNNN").answer()).isEqualTo(Answer.STILL_GOING);
      assertThat(at(10 * i + 5, "NNRNNNNNNNNN").answer()).isEqualTo(Answer.STILL_GOING);
    }
    at(30, "NNNNNNNNNNNN");

    Verdict verdict = at(35, "NNRNNNNNNNNN");

    assertThat(verdict.code()).isEqualTo(Code.CRASH_LOOP);
    assertThat(verdict.isOfTheDisk()).isTrue();
  }

  @Test
  void aMachineThatEndsBetweenTwoLooksEndsTheSoak() {
    at(4, "NNN");
    assertThat(at(40, "ANN").answer()).isEqualTo(Answer.STILL_GOING);
    assertThat(at(99, "ANN").answer()).isEqualTo(Answer.STILL_GOING);
    assertThat(at(100, "ANN").answer()).isEqualTo(Answer.GOOD);
  }

  @Test
  void machinesThatEndBetweenLooksAreACrashLoop() {
    at(4, "NNN");
    at(30, "ANN");
    assertThat(at(60, "BNN").answer()).isEqualTo(Answer.STILL_GOING);
    assertThat(at(90, "NNN").code()).isEqualTo(Code.CRASH_LOOP);
  }

  @Test
  void oneThatIsSeenBeingMadeAnewCountsOnce() {
    at(4, "NNN");
    at(8, "RNN");
    at(12, "ANN");
    at(16, "RNN");
    assertThat(at(20, "BNN").answer()).isEqualTo(Answer.STILL_GOING);
    assertThat(progress.recreations()).isEqualTo(2);
  }

  @Test
  void halfOfTheMachinesIsACrashLoopUnlessTheOldOnesFailAsWell() {
    assertThat(at(5, "RRRNNO").code()).isEqualTo(Code.CRASH_LOOP);

    progress = Progress.startingAt(START, null, null);
    assertThat(at(5, "RRRNNo").answer()).isEqualTo(Answer.STILL_GOING);
  }

  @Test
  void whatBefallsAllAtOnceIsNoCrashLoopWhereNoOldOnesCanBeCompared() {
    at(5, "NNN");
    assertThat(at(10, "RRR").answer()).isEqualTo(Answer.STILL_GOING);
    at(15, "NNN");
    at(20, "RNN");
    at(25, "NNN");

    assertThat(at(30, "RNN").code()).isEqualTo(Code.CRASH_LOOP);
  }

  @Test
  void nothingIsUnhealthyBeforeItsInitialDelayIsOver() {
    delay = DELAY;
    at(4, "?OO");
    assertThat(at(30, "VOO").answer()).isEqualTo(Answer.STILL_GOING);
    assertThat(at(700, "VOO").answer()).isEqualTo(Answer.STILL_GOING);
    assertThat(at(1229, "VOO").answer()).isEqualTo(Answer.STILL_GOING);
    assertThat(at(1230, "VOO").code()).isEqualTo(Code.UNHEALTHY);
  }

  @Test
  void aMachineThatFailedOnceGetsNoFurtherDelay() {
    delay = DELAY;
    at(4, "?OO");
    at(30, "VOO");
    at(100, "ROO");
    at(110, "VOO");

    assertThat(at(604, "VOO").code()).isEqualTo(Code.UNHEALTHY);
  }

  @Test
  void connectionsThatDrainAreProgressForAnHour() {
    at(4, "NNNO");
    at(8, "NNND");
    assertThat(at(3607, "NNND").answer()).isEqualTo(Answer.STILL_GOING);
    assertThat(at(3608, "NNND").code()).isEqualTo(Code.DEADLINE);
  }

  @Test
  void afterTheDrainThereIsAWholeDeadlineAgain() {
    at(4, "NNOO");
    at(8, "NNDO");
    at(908, "NNDO");

    assertThat(at(912, "NNO").answer()).isEqualTo(Answer.STILL_GOING);
    assertThat(at(1511, "NNO").answer()).isEqualTo(Answer.STILL_GOING);
    assertThat(at(1512, "NNO").code()).isEqualTo(Code.DEADLINE);
  }

  @Test
  void aGroupThatRecreatesDrainsUnderTheOldNames() {
    recreates = true;
    at(4, "OOO");
    at(8, "ROO");
    assertThat(at(900, "ROO").answer()).isEqualTo(Answer.STILL_GOING);
    assertThat(at(904, "?OO").answer()).isEqualTo(Answer.STILL_GOING);
    assertThat(progress.recreations()).isZero();
    at(910, "ROO");
    assertThat(progress.recreations()).isEqualTo(1);
  }

  @Test
  void theWayBackWaitsForConnectionsTooAndForWhatTakesItsTime() {
    rollout = back();
    at(4, "D?");
    assertThat(at(900, "D?").answer()).isEqualTo(Answer.STILL_GOING);
    assertThat(at(904, "N").answer()).isEqualTo(Answer.GOOD);
  }

  @ParameterizedTest
  @CsvSource({"NNNz, GOOD", "NNNZ, GOOD", "NNZ, STILL_GOING"})
  void whatSleepsIsNeitherOldNorFailed(String instances, Answer answer) {
    at(4, instances, 3);

    assertThat(at(64, instances, 3).answer()).isEqualTo(answer);
  }

  @Test
  void whatIsIllLikeTheOldOnesWaitsForOneMoreDeadlineAndIsNotTheDisks() {
    at(4, "UUoo");
    assertThat(at(604, "UUoo").answer()).isEqualTo(Answer.STILL_GOING);
    assertThat(at(1203, "UUoo").answer()).isEqualTo(Answer.STILL_GOING);

    Verdict verdict = at(1204, "UUoo");

    assertThat(verdict.answer()).isEqualTo(Answer.CANNOT_TELL);
    assertThat(verdict.code()).isEqualTo(Code.OLD_UNHEALTHY);
    assertThat(verdict.isOfTheDisk()).isFalse();
    assertThat(verdict.message())
        .endsWith("no progress for 1200 s, and the old ones fail as well.");
  }

  @Test
  void anOldOneThatIsHealedOverAndOverIsIllAlsoBeforeItsCheckHasFailed() {
    at(4, "UUvv");

    assertThat(at(1204, "UUvv").code()).isEqualTo(Code.OLD_UNHEALTHY);
  }

  @Test
  void onceTheOldOnesAreWellAgainTheNewOnesHaveOneDeadline() {
    at(4, "UUoo");
    at(300, "UUOO");
    assertThat(at(604, "UUOO").answer()).isEqualTo(Answer.STILL_GOING);

    assertThat(at(900, "UUOO").code()).isEqualTo(Code.UNHEALTHY);
  }

  @Test
  void theLastLookWithOldInstancesCounts() {
    at(4, "UUoo");
    at(8, "UUU");

    assertThat(at(1212, "UUU").code()).isEqualTo(Code.OLD_UNHEALTHY);
  }

  @Test
  void aDiskIsToBlameOnceItFailedTwice() {
    at(4, "UOO");
    assertThat(at(604, "UOO").isOfTheDisk()).isFalse();

    progress = Progress.startingAt(START, null, null);
    at(4, "UUO");
    assertThat(at(604, "UUO").isOfTheDisk()).isTrue();

    progress = Progress.startingAt(START, null, null);
    at(4, "UOO");
    at(8, "?OO");
    assertThat(at(604, "UOO").isOfTheDisk()).isTrue();
  }

  @Test
  void oneOfThreeThatWasIllMayBeIllAgain() {
    progress = Progress.startingAt(START, new Baseline(3, true, 3, 1, null), null);
    rollout = back();
    stable = false;

    assertThat(at(4, "NNU").answer()).isEqualTo(Answer.GOOD);
    progress = Progress.startingAt(START, new Baseline(3, true, 3, 1, null), null);
    assertThat(at(4, "NUU").answer()).isEqualTo(Answer.STILL_GOING);
  }

  private static Rollout back() {
    return new Rollout(
        JudgeTest.PATH,
        List.of(Version.rest(JudgeTest.NEW)),
        "the last known good version",
        JudgeTest.NEW,
        null,
        JudgeTest.WHOLE.rolling(),
        new Deadlines(Duration.ZERO, Duration.ofSeconds(600), Duration.ofSeconds(1800)));
  }

  private Verdict at(int seconds, String instances) {
    long going = instances.chars().filter(kind -> kind == 'D').count();
    return at(seconds, instances, instances.length() - (int) going);
  }

  /** One more look at a group of this size. */
  private Verdict at(int seconds, String instances, int size) {
    Rollout patient =
        new Rollout(
            rollout.group(),
            rollout.versions(),
            rollout.called(),
            rollout.template(),
            rollout.previous(),
            rollout.rolling(),
            new Deadlines(
                rollout.deadlines().soak(), Duration.ofSeconds(600), Duration.ofHours(2)));
    Group group =
        new Group(
            JudgeTest.PATH,
            "f",
            size,
            JudgeTest.MACHINES,
            rollout.versions(),
            rollout.versions().get(0),
            Map.of(JudgeTest.NEW, size),
            true,
            stable,
            new Group.Policies(true, delay, recreates, false, false, false));
    Snapshot seen =
        new Snapshot(
            patient,
            group,
            JudgeTest.instances(instances),
            Map.of(),
            List.of(),
            START.plusSeconds(seconds));
    progress = progress.after(seen);
    return Judge.judge(seen, progress);
  }
}
