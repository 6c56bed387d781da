package slipway.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.verdict.JudgeTest.PATH;
import static slipway.verdict.JudgeTest.START;
import static slipway.verdict.JudgeTest.WHOLE;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.rollout.Group;
import slipway.rollout.Version;

class LookTimesTest {
  private static final Progress BEGUN = Progress.startingAt(START, null, null);

  /** Of a group that took 100 s the last time: seldom until 73 s, often until 155 s. */
  @ParameterizedTest
  @CsvSource({"0, 10", "60, 10", "70, 3", "73, 1", "100, 1", "154, 1", "155, 4", "3000, 4"})
  void looksOftenWhenItIsLikelyToHaveEnded(int second, int wait) {
    LookTimes times = new LookTimes(WHOLE, Optional.of(Duration.ofSeconds(100)), START);

    assertThat(times.untilNext(BEGUN, START.plusSeconds(second)))
        .isEqualTo(Duration.ofSeconds(wait));
  }

  /** Of a group of which nothing is known: often for a minute, or its initial delay. */
  @ParameterizedTest
  @CsvSource({"0, 59, 1", "0, 60, 4", "300, 299, 1", "300, 300, 4"})
  void theInitialDelayTellsHowLongMachinesMayTake(int delay, int second, int wait) {
    LookTimes times = new LookTimes(WHOLE, Optional.empty(), START);
    times.needsInstances(group(delay, false), BEGUN, START);

    assertThat(times.untilNext(BEGUN, START.plusSeconds(second)))
        .isEqualTo(Duration.ofSeconds(wait));
  }

  @Test
  void aSoaksLastLookIsAtItsEnd() {
    Progress soaking = BEGUN.after(complete(START));
    LookTimes times = new LookTimes(WHOLE, Optional.empty(), START);

    assertThat(times.untilNext(soaking, START.plusSeconds(10))).isEqualTo(Duration.ofSeconds(4));
    assertThat(times.untilNext(soaking, START.plusSeconds(58))).isEqualTo(Duration.ofSeconds(2));
    assertThat(times.untilNext(soaking, START.plusSeconds(60))).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void instancesAreReadWhereTheGroupMayBeWellAndEveryTenSeconds() {
    LookTimes times = new LookTimes(WHOLE, Optional.empty(), START);
    assertThat(times.needsInstances(group(0, false), BEGUN, START)).isTrue();
    times.instancesRead(START);

    assertThat(times.needsInstances(group(0, false), BEGUN, START.plusSeconds(9))).isFalse();
    assertThat(times.needsInstances(group(0, false), BEGUN, START.plusSeconds(10))).isTrue();
    assertThat(times.needsInstances(group(0, true), BEGUN, START.plusSeconds(1))).isTrue();
    Progress soaking = BEGUN.after(complete(START));
    assertThat(times.needsInstances(group(0, false), soaking, START.plusSeconds(1))).isTrue();
    Progress lost = BEGUN.withoutLook(START);
    assertThat(times.needsInstances(group(0, false), lost, START.plusSeconds(1))).isTrue();
  }

  /** Whatever the group took the last time, and whether it says all the while that it is well. */
  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 5, 30, 60, 100, 600, 3000})
  void asksAtMostThirtyTimesAMinute(int usual) {
    for (boolean well : List.of(false, true)) {
      List<Instant> requests = requests(usual, well);
      for (int minute = 1; minute <= 60; minute++) {
        Instant end = START.plusSeconds(60L * minute);
        assertThat(requests.stream().filter(at -> at.isBefore(end)).count())
            .isLessThanOrEqualTo(30L * minute + 1);
      }
      assertThat(requests).hasSizeGreaterThan(900);
    }
  }

  private static List<Instant> requests(int usual, boolean well) {
    Optional<Duration> took = Optional.of(usual).filter(s -> s >= 0).map(Duration::ofSeconds);
    LookTimes times = new LookTimes(WHOLE, took, START);
    List<Instant> requests = new ArrayList<>();
    Instant now = START;
    while (now.isBefore(START.plusSeconds(3600))) {
      now = now.plus(times.untilNext(BEGUN, now));
      requests.add(now);
      if (times.needsInstances(group(300, well), BEGUN, now)) {
        requests.add(now);
        times.instancesRead(now);
      }
    }
    return requests;
  }

  private static Snapshot complete(Instant at) {
    return new Snapshot(WHOLE, group(0, true), JudgeTest.instances("NNN"), Map.of(), List.of(), at);
  }

  private static Group group(int delay, boolean well) {
    Version version = WHOLE.versions().get(0);
    return new Group(
        PATH,
        "f",
        3,
        JudgeTest.MACHINES,
        WHOLE.versions(),
        version,
        Map.of(version.template(), 3),
        well,
        well,
        new Group.Policies(true, Duration.ofSeconds(delay), false, false, false, false));
  }
}
