package slipway.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.rollout.Instance.Status.ASLEEP;
import static slipway.rollout.Instance.Status.OTHER;
import static slipway.rollout.Instance.Status.RUNNING;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.rollout.Group;
import slipway.rollout.Instance;
import slipway.rollout.Instance.Action;
import slipway.rollout.Instance.Health;
import slipway.rollout.Rollout;
import slipway.rollout.Version;
import slipway.settings.GroupPath;
import slipway.settings.Size;
import slipway.settings.Target;
import slipway.settings.Target.Deadlines;
import slipway.settings.TemplatePath;

class JudgeTest {
  static final Instant START = Instant.parse("2026-11-22T13:00:00Z");
  private static final Deadlines DEADLINES =
      new Deadlines(Duration.ofSeconds(60), Duration.ofSeconds(600), Duration.ofSeconds(1800));
  static final TemplatePath NEW = new TemplatePath("projects/p/global/instanceTemplates/new");
  private static final TemplatePath OLD =
      new TemplatePath("projects/p/global/instanceTemplates/old");

  static final GroupPath PATH = new GroupPath("p", "zones/z", "g");
  static final Group.Machines MACHINES = new Group.Machines(List.of("z"), Set.of());
  static final Rollout WHOLE =
      new Rollout(
          PATH,
          List.of(Version.rest(NEW)),
          "the new version",
          NEW,
          Version.rest(OLD),
          new Target.Rolling(new Size(1, false), new Size(0, false)),
          DEADLINES);

  /**
   * Group size, then instances as N(ew healthy), U(nhealthy new), ?(unknown new), O(ld), E(rror).
   */
  @ParameterizedTest(name = "{0} after {2} s without progress, held {3} s: {5}")
  @CsvSource({
    "3, OOO,  0,    -,  0,    STILL_GOING, rolling",
    "3, NOO,  599,  -,  599,  STILL_GOING, rolling",
    "3, NOO,  600,  -,  600,  BAD,         deadline",
    "3, UOO,  599,  -,  599,  STILL_GOING, rolling",
    "3, UOO,  600,  -,  600,  BAD,         unhealthy",
    "3, NU,   600,  -,  600,  BAD,         unhealthy",
    "3, ?OO,  600,  -,  600,  CANNOT_TELL, cannot-tell",
    "3, EOO,  600,  -,  600,  BAD,         quota",
    "3, SOO,  600,  -,  600,  BAD,         stock-out",
    "3, FOO,  600,  -,  600,  BAD,         deadline",
    "3, NNN,  0,    0,  0,    STILL_GOING, soaking",
    "3, NNN,  59,   59, 59,   STILL_GOING, soaking",
    "3, NNN,  60,   60, 60,   GOOD,        healthy",
    "3, NNN,  700,  59, 700,  STILL_GOING, soaking",
    "3, NNNN, 60,   60, 60,   GOOD,        healthy",
    "3, NOO,  10,   -,  1800, BAD,         deadline",
    "3, NNN,  10,   10, 1800, STILL_GOING, soaking",
    "4, NNN,  10,   70, 1859, STILL_GOING, soaking",
    "4, NNN,  10,   70, 1860, BAD,         deadline",
  })
  void judges(
      int size,
      String instances,
      int sinceProgress,
      String held,
      int sinceStart,
      Verdict.Answer answer,
      String code) {
    Instant now = START.plusSeconds(sinceStart);
    Snapshot look = look(size, instances, true, now);
    Progress progress =
        new Progress(
            START,
            now.minusSeconds(sinceProgress),
            0,
            0,
            instances.contains("U"),
            0,
            0,
            0,
            held.equals("-") ? null : now.minusSeconds(Integer.parseInt(held)),
            null,
            Map.of(),
            Map.of(),
            null,
            null);

    Verdict verdict = Judge.judge(look, progress);

    assertThat(verdict.answer()).isEqualTo(answer);
    assertThat(verdict.code()).hasToString(code);
  }

  @ParameterizedTest
  @CsvSource({
    "3, NNN,  true,  true",
    "3, NNNN, true,  true",
    "3, NNN,  false, false",
    "3, NN,   true,  false",
    "3, NNNO, true,  false",
    "3, NNU,  true,  false",
    "3, NN?,  true,  false",
  })
  void isCompleteOnlyWhenAllAreNewAndHealthy(
      int size, String instances, boolean reached, boolean complete) {
    assertThat(look(size, instances, reached, START).isComplete(null)).isEqualTo(complete);
  }

  @Test
  void aRunningInstanceWillDoWhereNothingChecksHealth() {
    Instance running = instance('N', 0);
    Instance booting = instance('?', 1);
    Group unchecked = group(2, true, false);
    Group checked = group(2, true, true);
    Instance unknown = new Instance("g", "1", NEW, RUNNING, Action.NONE, Health.UNKNOWN, null);

    assertThat(snapshot(unchecked, List.of(unknown, booting)).tally().healthyFresh()).isEqualTo(1);
    assertThat(snapshot(checked, List.of(unknown)).tally().healthyFresh()).isZero();
    assertThat(snapshot(checked, List.of(running)).tally().healthyFresh()).isEqualTo(1);
  }

  private static Snapshot snapshot(Group group, List<Instance> instances) {
    return new Snapshot(WHOLE, group, instances, Map.of(), List.of(), START);
  }

  @Test
  void progressIsAMoreHealthyNewOrAFewerOldInstance() {
    Progress progress = Progress.startingAt(START, null, null);
    progress = progress.after(look(3, "OOO", false, START.plusSeconds(1)));
    assertThat(progress.progressAt()).isEqualTo(START.plusSeconds(1));
    progress = progress.after(look(3, "OOO?", false, START.plusSeconds(2)));
    assertThat(progress.progressAt()).isEqualTo(START.plusSeconds(1));
    progress = progress.after(look(3, "OOON", false, START.plusSeconds(3)));
    assertThat(progress.progressAt()).isEqualTo(START.plusSeconds(3));
    progress = progress.after(look(3, "OON", false, START.plusSeconds(4)));
    assertThat(progress.progressAt()).isEqualTo(START.plusSeconds(4));
    progress = progress.after(look(3, "OOOU", false, START.plusSeconds(5)));
    assertThat(progress.progressAt()).isEqualTo(START.plusSeconds(4));
  }

  @Test
  void theSoakStartsAgainAfterALapse() {
    Progress progress = Progress.startingAt(START, null, null);
    progress = progress.after(look(3, "NNN", true, START.plusSeconds(1)));
    progress = progress.after(look(3, "NNU", true, START.plusSeconds(2)));
    assertThat(progress.healthySince()).isNull();
    assertThat(progress.progressAt()).isEqualTo(START.plusSeconds(2));
    progress = progress.after(look(3, "NNN", true, START.plusSeconds(4)));
    assertThat(progress.healthySince()).isEqualTo(START.plusSeconds(4));
  }

  /** Each look is a group's size and its instances, D for one that is being deleted. */
  @ParameterizedTest
  @CsvSource({
    "2 NN, 3 NN?, true",
    "2 NN, 3 NN?D, true",
    "3 NNN, 2 NND, true",
    "3 NNN, 3 NN?, false",
    "3 NNN, 3 NNNU, true",
    "3 NNN, 3 NNNO, false",
  })
  void theAutoscalerDoesNotEndASoak(String first, String second, boolean holds) {
    Progress progress =
        Progress.startingAt(START, null, null).after(look(first, START.plusSeconds(1)));
    progress = progress.after(look(second, START.plusSeconds(2)));

    assertThat(progress.healthySince()).isEqualTo(holds ? START.plusSeconds(1) : null);
  }

  @Test
  void aSoakEndsWellOnlyOnceAllThatWasAddedIsHealthyToo() {
    Progress held =
        Progress.startingAt(START, null, null).after(look(2, "NN", true, START.plusSeconds(1)));
    Snapshot added = look(3, "NN?", true, START.plusSeconds(61));
    Snapshot settled = look(3, "NNN", true, START.plusSeconds(65));

    assertThat(Judge.judge(added, held.after(added)).answer())
        .isEqualTo(Verdict.Answer.STILL_GOING);
    assertThat(Judge.judge(settled, held.after(added).after(settled)).answer())
        .isEqualTo(Verdict.Answer.GOOD);
  }

  @Test
  void aCrashLoopSeenWhileItIsMadeAgainIsStillUnhealthy() {
    Progress progress =
        Progress.startingAt(START, null, null).after(look(3, "UOO", false, START.plusSeconds(1)));
    Snapshot late = look(3, "?OO", false, START.plusSeconds(601));

    assertThat(Judge.judge(late, progress.after(late)).code()).isEqualTo(Verdict.Code.UNHEALTHY);
  }

  @Test
  void anInstanceThatWasUnhealthyWhileItBootedIsNotTheReasonWhyALaterOneCannotBeMade() {
    Progress progress =
        Progress.startingAt(START, null, null).after(look(3, "UOO", false, START.plusSeconds(1)));
    progress = progress.after(look(3, "NOO", false, START.plusSeconds(10)));
    Snapshot late = look(3, "NOOE", false, START.plusSeconds(610));

    assertThat(Judge.judge(late, progress.after(late)).code()).isEqualTo(Verdict.Code.QUOTA);
  }

  @Test
  void tellsWhatComputeSaysOfInstancesThatCannotBeMade() {
    Progress progress =
        new Progress(
            START, START, 0, 0, false, 0, 0, 0, null, null, Map.of(), Map.of(), null, null);
    Snapshot look = look(3, "EOO", false, START.plusSeconds(600));

    assertThat(Judge.judge(look, progress).message())
        .isEqualTo(
            "0 of 3 instances of g run the new version and are healthy: no progress for 600 s."
                + " Compute says: QUOTA_EXCEEDED: none left");
  }

  private static Snapshot look(String sizeAndInstances, Instant at) {
    int space = sizeAndInstances.indexOf(' ');
    int size = Integer.parseInt(sizeAndInstances.substring(0, space));
    return look(size, sizeAndInstances.substring(space + 1), true, at);
  }

  private static Snapshot look(int size, String instances, boolean reached, Instant at) {
    return new Snapshot(
        WHOLE, group(size, reached, true), instances(instances), Map.of(), List.of(), at);
  }

  static List<Instance> instances(String kinds) {
    List<Instance> all = new ArrayList<>();
    kinds.chars().forEach(one -> all.add(instance((char) one, all.size())));
    return all;
  }

  private static Group group(int size, boolean reached, boolean checked) {
    return group(size, reached, checked, false);
  }

  private static Group group(int size, boolean reached, boolean checked, boolean recreates) {
    return new Group(
        PATH,
        "f",
        size,
        MACHINES,
        List.of(Version.rest(NEW)),
        Version.rest(NEW),
        Map.of(NEW, size),
        reached,
        true,
        new Group.Policies(checked, Duration.ZERO, recreates, false, false, false));
  }

  /** At its place among the group's; its name is that place's. */
  private static Instance instance(char kind, int place) {
    String path = "projects/p/zones/z/instances/g-" + place;
    return switch (kind) {
      case 'N' -> new Instance(path, "1", NEW, RUNNING, Action.NONE, Health.HEALTHY, null);
      case 'A' -> new Instance(path, "2", NEW, RUNNING, Action.NONE, Health.HEALTHY, null);
      case 'B' -> new Instance(path, "3", NEW, RUNNING, Action.NONE, Health.HEALTHY, null);
      case 'U' -> new Instance(path, "1", NEW, RUNNING, Action.NONE, Health.UNHEALTHY, null);
      case '?' -> new Instance(path, "1", NEW, RUNNING, Action.OTHER, Health.UNKNOWN, null);
      case 'V' -> new Instance(path, "1", NEW, RUNNING, Action.VERIFYING, Health.UNHEALTHY, null);
      case 'D' ->
          new Instance(
              path, "1", TemplatePath.NONE, RUNNING, Action.DELETING, Health.UNKNOWN, null);
      case 'R' -> new Instance(path, "1", NEW, OTHER, Action.RECREATING, Health.UNKNOWN, null);
      case 'Z' -> new Instance(path, "1", NEW, ASLEEP, Action.NONE, Health.UNKNOWN, null);
      case 'z' -> new Instance(path, "1", OLD, ASLEEP, Action.NONE, Health.UNKNOWN, null);
      case 'S' -> failing(path, "ZONE_RESOURCE_POOL_EXHAUSTED: none left");
      case 'F' -> failing(path, "RESOURCE_NOT_FOUND: no image");
      case 'E' -> failing(path, "QUOTA_EXCEEDED: none left");
      case 'v' -> new Instance(path, "1", OLD, RUNNING, Action.VERIFYING, Health.UNKNOWN, null);
      case 'o' -> new Instance(path, "1", OLD, RUNNING, Action.NONE, Health.UNHEALTHY, null);
      default -> new Instance(path, "1", OLD, RUNNING, Action.NONE, Health.HEALTHY, null);
    };
  }

  private static Instance failing(String path, String error) {
    return new Instance(path, "1", NEW, OTHER, Action.OTHER, Health.UNKNOWN, error);
  }

  @Test
  void aVersionThatIsMadeAnewThreeTimesIsACrashLoop() {
    Progress progress = Progress.startingAt(START, null, null);
    Snapshot calm = look(3, "?OO", false, START.plusSeconds(1));
    Snapshot anew = look(3, "ROO", false, START.plusSeconds(2));
    for (int i = 1; i <= 3; i++) {
      assertThat(Judge.judge(calm, progress).answer()).isEqualTo(Verdict.Answer.STILL_GOING);
      progress = progress.after(calm).after(anew).after(anew);
    }
    assertThat(Judge.judge(anew, progress).code()).isEqualTo(Verdict.Code.CRASH_LOOP);
  }

  @Test
  void replacingInstancesUnderTheirOldNamesIsNoCrashLoop() {
    Progress progress = Progress.startingAt(START, null, null);
    for (String instances : List.of("ROOO", "NROO", "NNRO", "NNNR")) {
      progress = progress.after(recreating(instances));
    }
    assertThat(progress.recreations()).isZero();
    for (int i = 1; i <= 3; i++) {
      progress = progress.after(recreating("NNN?")).after(recreating("NNNR"));
    }
    assertThat(Judge.judge(recreating("NNNR"), progress).code()).isEqualTo(Verdict.Code.CRASH_LOOP);
  }

  private static Snapshot recreating(String instances) {
    Group group = group(4, true, true, true);
    return new Snapshot(WHOLE, group, instances(instances), Map.of(), List.of(), START);
  }

  @Test
  void aCanaryIsCompleteOnceItsShareIsNewAndHealthy() {
    Rollout canary =
        new Rollout(
            PATH,
            List.of(Version.rest(OLD), new Version(NEW, new Size(1, false))),
            "the new version",
            NEW,
            Version.rest(OLD),
            WHOLE.rolling(),
            DEADLINES);
    Group group =
        new Group(
            PATH,
            "f",
            3,
            MACHINES,
            canary.versions(),
            Version.rest(OLD),
            Map.of(OLD, 2, NEW, 1),
            true,
            true,
            group(3, true, true).policies());
    Snapshot look = new Snapshot(canary, group, instances("NOO"), Map.of(), List.of(), START);

    assertThat(look.isComplete(null)).isTrue();
    Progress held = Progress.startingAt(START, null, null).after(look);
    assertThat(held.healthySince()).isEqualTo(START);
    assertThat(Judge.judge(look, held).message())
        .startsWith("1 of 1 instances of g run the new version and are healthy");
  }
}
