package localcloud.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import localcloud.balancer.Second;
import localcloud.clock.ManualClock;
import org.junit.jupiter.api.Test;

class TrafficCellsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:25Z");

  @Test
  void aTenTimesFasterCloudIsCountedByTenOfItsSeconds() {
    List<Second> seconds =
        List.of(
            second("2026-11-22T12:00:00Z", Map.of("a", 3), 0),
            second("2026-11-22T12:00:09Z", Map.of("a", 4, "b", 1), 2),
            second("2026-11-22T12:00:10Z", Map.of("b", 5), 0));

    assertThat(cells(seconds, 10))
        .isEqualTo(
            Map.of(
                "traffic/" + Instant.parse("2026-11-22T12:00:00Z").toEpochMilli(),
                "{\"answered\":{\"a\":7,\"b\":1},\"failed\":2}",
                "traffic/" + Instant.parse("2026-11-22T12:00:10Z").toEpochMilli(),
                "{\"answered\":{\"b\":5},\"failed\":0}"));
  }

  @Test
  void theSecondUnderWayIsNotShownYet() {
    assertThat(cells(List.of(second("2026-11-22T12:00:20Z", Map.of("a", 3), 0)), 10)).isEmpty();
  }

  @Test
  void onlyTheLastTwoMinutesAreAskedFor() {
    List<Instant> asked = new ArrayList<>();
    new TrafficCells(
            start -> {
              asked.add(start);
              return List.of();
            },
            new ManualClock(NOW),
            1)
        .fill(new LinkedHashMap<>());

    assertThat(asked).containsExactly(NOW.minusSeconds(120));
  }

  private static Map<String, String> cells(List<Second> seconds, int speed) {
    Map<String, JsonObject> cells = new LinkedHashMap<>();
    new TrafficCells(start -> seconds, new ManualClock(NOW), speed).fill(cells);
    Map<String, String> texts = new LinkedHashMap<>();
    cells.forEach((key, cell) -> texts.put(key, cell.toString()));
    return texts;
  }

  private static Second second(String start, Map<String, Integer> answered, int bad) {
    return new Second(Instant.parse(start), answered, bad);
  }
}
