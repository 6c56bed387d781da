package benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SplitTest {
  private static Interval span(double from, double to) {
    return new Interval(at(from), at(to));
  }

  private static Instant at(double seconds) {
    return Instant.ofEpochMilli(Math.round(seconds * 1000));
  }

  @Test
  void anIntervalIsAsLongAsItsEndsAreApart() {
    assertEquals(2.5, span(1, 3.5).seconds());
  }

  @Test
  void whatOthersShareIsCountedOnce() {
    assertEquals(
        4,
        span(10, 20).secondsIn(List.of(span(15, 17), span(12, 14), span(12.5, 13), span(13, 14))));
  }

  @Test
  void onlyWhatLiesWithinIsCounted() {
    assertEquals(3, span(10, 20).secondsIn(List.of(span(5, 11), span(18, 30), span(40, 50))));
  }

  @Test
  void nothingIsCountedOfNone() {
    assertEquals(0, span(10, 20).secondsIn(List.of()));
  }

  @Test
  void theCloudsOperationsAreNobodysShare() {
    Split split =
        Split.of(span(0, 40), span(50, 52), span(52, 55), List.of(span(2, 32), span(53, 54)));

    assertEquals(new Split(10, 2, 2, 31), split);
    assertEquals(14, split.share());
  }
}
