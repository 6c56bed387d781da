package localcloud.world.groups;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import localcloud.world.groups.RolloutPlan.Bounds;
import localcloud.world.groups.RolloutPlan.Share;
import localcloud.world.groups.RolloutPlan.Standing;
import localcloud.world.groups.RolloutPlan.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolloutPlanTest {

  /**
   * Standing and wanted are words: a letter is a version, in upper case if the instance is
   * available; m is version a on its way to another zone. The answer: +v create, -v delete, v>w
   * recreate as w.
   */
  @ParameterizedTest(name = "[{index}] {0} -> {1}, surge {3}, unavailable {4}: {5}")
  @CsvSource({
    // A new group is made at once.
    "'', aaa, PROACTIVE, 1, 0, +a +a +a",
    // Never below the target: one more first, then one of the old for each available new one.
    "AAA, bbb, PROACTIVE, 1, 0, +b",
    "AAAb, bbb, PROACTIVE, 1, 0, ''",
    "AAAB, bbb, PROACTIVE, 1, 0, -A +b",
    "AABb, bbb, PROACTIVE, 1, 0, ''",
    "ABBb, bbb, PROACTIVE, 1, 0, ''",
    "ABBB, bbb, PROACTIVE, 1, 0, -A",
    "BBB, bbb, PROACTIVE, 1, 0, ''",
    "AAA, bbb, PROACTIVE, 3, 0, +b +b +b",
    "AAABbb, bbb, PROACTIVE, 3, 0, -A",
    // One may be missing: delete first, and make the new one meanwhile.
    "AAA, bbb, PROACTIVE, 0, 1, -A +b",
    "AAb, bbb, PROACTIVE, 0, 1, ''",
    "AAA, bbb, PROACTIVE, 1, 1, -A +b +b",
    "AAA, bbb, PROACTIVE, 0, 3, -A -A -A +b +b +b",
    // What does not serve goes at once, whatever may be missing.
    "aaa, bbb, PROACTIVE, 1, 0, -a -a -a +b +b +b",
    "AAAb, ccc, PROACTIVE, 1, 0, -b +c",
    // Rollback of a rollout that got stuck.
    "AAAb, aaa, PROACTIVE, 1, 0, -b",
    "AABb, aaa, PROACTIVE, 1, 0, -b +a",
    // Canary.
    "AAA, aab, PROACTIVE, 1, 0, +b",
    "AAAB, aab, PROACTIVE, 1, 0, -A",
    "AAB, aab, PROACTIVE, 1, 0, ''",
    // Other sizes.
    "AAA, aa, PROACTIVE, 1, 0, -A",
    "AAa, aa, PROACTIVE, 1, 0, -a",
    "AA, aaa, PROACTIVE, 1, 0, +a",
    // Without an update only the size is kept.
    "AAA, bbb, OPPORTUNISTIC, 1, 0, ''",
    "AA, bbb, OPPORTUNISTIC, 1, 0, +b",
    "AAB, bb, OPPORTUNISTIC, 1, 0, -A",
    "AAa, aa, OPPORTUNISTIC, 1, 0, -a",
    // In place.
    "AAA, bbb, RECREATE, 0, 1, A>b",
    "AAb, bbb, RECREATE, 0, 1, ''",
    "AAA, bbb, RECREATE, 0, 2, A>b A>b",
    "AAa, bbb, RECREATE, 0, 1, a>b",
    "AAA, bb, RECREATE, 0, 1, -A A>b",
    // To another zone, within the same bounds.
    "MAA, aaa, PROACTIVE, 3, 0, +a",
    "MAAa, aaa, PROACTIVE, 3, 0, ''",
    "MAAA, aaa, PROACTIVE, 3, 0, -M",
    "MBB, ccc, OPPORTUNISTIC, 3, 0, +c",
    "MBBC, ccc, OPPORTUNISTIC, 3, 0, -M",
    "MAA, aaa, RECREATE, 0, 1, -M +a",
    "MAA, bbb, PROACTIVE, 1, 0, +b",
  })
  void takesTheStepsThatTheBoundsAllow(
      String standing, String wanted, String method, int surge, int unavailable, String steps) {
    List<Standing> members = new ArrayList<>();
    for (char letter : standing.toCharArray()) {
      boolean moving = Character.toLowerCase(letter) == 'm';
      String version = moving ? "a" : String.valueOf(Character.toLowerCase(letter));
      boolean available = Character.isUpperCase(letter);
      members.add(new Standing(letter + "" + members.size(), key(version), available, moving));
    }
    Bounds bounds =
        new Bounds(!method.equals("OPPORTUNISTIC"), method.equals("RECREATE"), surge, unavailable);
    String taken =
        RolloutPlan.next(shares(wanted), bounds, members).stream()
            .map(RolloutPlanTest::text)
            .collect(Collectors.joining(" "));
    assertThat(taken).isEqualTo(steps);
  }

  @Test
  void isReachedOnceTheVersionsStandInTheWantedNumbers() {
    List<Standing> two =
        List.of(new Standing("x", key("a"), true, false), new Standing("y", key("b"), false, true));
    assertThat(RolloutPlan.reached(shares("ab"), two)).isTrue();
    assertThat(RolloutPlan.reached(shares("bb"), two)).isFalse();
    assertThat(RolloutPlan.reached(shares("abb"), two)).isFalse();
  }

  private static List<Share> shares(String wanted) {
    return wanted
        .chars()
        .mapToObj(Character::toString)
        .collect(Collectors.groupingBy(letter -> letter, Collectors.counting()))
        .entrySet()
        .stream()
        .map(entry -> new Share(key(entry.getKey()), entry.getValue().intValue()))
        .toList();
  }

  private static VersionKey key(String letter) {
    return new VersionKey(letter, "");
  }

  private static String text(Step step) {
    if (step instanceof Step.Create create) {
      return "+" + create.version().template();
    }
    if (step instanceof Step.Recreate recreate) {
      return recreate.name().charAt(0) + ">" + recreate.version().template();
    }
    return "-" + ((Step.Delete) step).name().charAt(0);
  }
}
