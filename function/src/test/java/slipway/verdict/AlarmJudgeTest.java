package slipway.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import slipway.alarm.Alarms;
import slipway.alarm.Alert;
import slipway.rollout.Group;
import slipway.rollout.Version;
import slipway.settings.AlertPolicyPath;

/** The first new instance comes 10 s after the patch; the lag is 400 s, the soak 60 s. */
class AlarmJudgeTest {
  private static final Instant START = JudgeTest.START;
  private static final AlertPolicyPath POLICY = new AlertPolicyPath("demo", "101");
  private static final AlertPolicyPath OTHER = new AlertPolicyPath("demo", "102");

  /** When an alert opens and closes, and when a group that is well is looked at: seconds. */
  @ParameterizedTest(name = "opened {0}, closed {1}, seen at {2}: {3} {4}")
  @CsvSource({
    // Open before the new version came, which may be what mends it.
    "-300, -,   1000, GOOD,        healthy",
    "-1,   500, 1000, GOOD,        healthy",
    // Within the lag: it may tell of the time before.
    "0,    -,   5,    STILL_GOING, soaking",
    "5,    -,   300,  STILL_GOING, soaking",
    "300,  -,   409,  STILL_GOING, soaking",
    "300,  -,   410,  BAD,         alarm",
    "300,  409, 1000, GOOD,        healthy",
    // Closed when it is looked at, and open when the lag was over.
    "300,  410, 1000, BAD,         alarm",
    "300,  350, 360,  GOOD,        healthy",
    "409,  -,   410,  BAD,         alarm",
    "409,  -,   409,  STILL_GOING, soaking",
    // Later, whether it lasts or not.
    "410,  -,   410,  BAD,         alarm",
    "410,  411, 1000, BAD,         alarm",
    "900,  -,   1000, BAD,         alarm",
  })
  void countsByWhenItOpens(
      int opened, String closed, int seen, Verdict.Answer answer, String code) {
    Verdict verdict = judge(alert(POLICY, opened, closed), seen);

    assertThat(verdict.answer()).isEqualTo(answer);
    assertThat(verdict.code()).hasToString(code);
    assertThat(verdict.isOfTheDisk()).isEqualTo(answer == Verdict.Answer.BAD);
  }

  @Test
  void theVerdictNamesAlertPolicyAndTime() {
    assertThat(judge(alert(POLICY, 900, "-"), 1000).message())
        .isEqualTo(
            "The alert projects/demo/alerts/a of the policy \"share of 5xx\" (101) opened at"
                + " 2026-11-22T13:15:00Z, more than 400 s after the first instance of the new"
                + " version.");
    assertThat(judge(alert(POLICY, 300, "-"), 1000).message())
        .endsWith(
            "opened at 2026-11-22T13:05:00Z, and was still open 400 s after the first instance of"
                + " the new version.");
    assertThat(judge(alert(POLICY, 300, "-"), 350).message())
        .startsWith("3 of 3 instances of g run the new version and are healthy. Nothing goes")
        .contains("forward until 2026-11-22T13:06:50Z: the alert projects/demo/alerts/a of");
  }

  @Test
  void aPolicyThatWasNotQuietBeforeBlocksNoDigest() {
    assertThat(judge(alert(OTHER, 900, "-"), 1000).isOfTheDisk()).isFalse();
  }

  @Test
  void withoutAlarmsNothingIsLookedFor() {
    Snapshot seen = seen(List.of(alert(POLICY, 900, "-")), 1000);
    Progress progress = Progress.startingAt(START, null, null).after(seen(List.of(), 10));

    assertThat(Judge.judge(seen, progress.after(seen)).answer()).isEqualTo(Verdict.Answer.GOOD);
  }

  @Test
  void theFirstNewInstanceIsRememberedAcrossLooksAndSteps() {
    Progress progress = Progress.startingAt(START, null, alarms());
    assertThat(progress.after(look("OOO", 5)).alarms()).isEqualTo(alarms());
    progress = progress.after(look("OOO?", 7)).after(look("OON", 20));
    assertThat(progress.alarms()).isEqualTo(alarms().seeingNew(START.plusSeconds(7)));
    assertThat(progress.withoutLook(START).resumingAt(START).alarms()).isEqualTo(progress.alarms());

    Progress next = Progress.startingAt(START.plusSeconds(90), null, progress.alarms());
    assertThat(next.after(look("NNN", 99)).alarms()).isEqualTo(progress.alarms());
  }

  private static Verdict judge(Alert alert, int at) {
    Snapshot seen = seen(List.of(alert), at);
    Progress progress =
        Progress.startingAt(START, null, alarms().seeingNew(START.plusSeconds(10)))
            .after(look("NNN", Math.min(at, 10)));
    return Judge.judge(seen, progress.after(seen));
  }

  /** Those of before the patch are not even read; here they are, all the same. */
  private static Snapshot seen(List<Alert> alerts, int at) {
    List<Alert> counting = new ArrayList<>(alerts);
    counting.removeIf(alert -> alert.openedAt().isBefore(START));
    return snapshot("NNN", counting, at);
  }

  private static Snapshot look(String instances, int at) {
    return snapshot(instances, List.of(), at);
  }

  private static Snapshot snapshot(String instances, List<Alert> alerts, int at) {
    Group group =
        new Group(
            JudgeTest.PATH,
            "f",
            3,
            JudgeTest.MACHINES,
            List.of(Version.rest(JudgeTest.NEW)),
            Version.rest(JudgeTest.NEW),
            Map.of(JudgeTest.NEW, 3),
            true,
            true,
            new Group.Policies(true, Duration.ZERO, false, false, false, false));
    return new Snapshot(
        JudgeTest.WHOLE,
        group,
        JudgeTest.instances(instances),
        Map.of(),
        alerts,
        START.plusSeconds(at));
  }

  private static Alarms alarms() {
    return new Alarms(List.of(POLICY, OTHER), List.of(POLICY), START, 400, null);
  }

  private static Alert alert(AlertPolicyPath policy, int opened, String closed) {
    return new Alert(
        "projects/demo/alerts/a",
        policy.id(),
        "share of 5xx",
        START.plusSeconds(opened),
        closed.equals("-") ? null : START.plusSeconds(Integer.parseInt(closed)));
  }
}
