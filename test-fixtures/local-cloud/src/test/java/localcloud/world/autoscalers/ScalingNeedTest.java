package localcloud.world.autoscalers;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.compute.v1.FixedOrPercent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalingNeedTest {
  @ParameterizedTest
  @CsvSource({
    // initialised machines and their share, initialising ones and theirs, size, size needed at 0.6
    "3, 0.6, 0, 0.0, 3, 3",
    "3, 0.61, 0, 0.0, 3, 4",
    "3, 1.0, 0, 0.0, 3, 5",
    "3, 0.2, 0, 0.0, 3, 1",
    "3, 0.0, 0, 0.0, 3, 0",
    // those that are initialising make it no larger, and keep what they use
    "3, 0.6, 2, 1.0, 3, 3",
    "3, 0.2, 2, 1.0, 5, 5",
    "3, 0.2, 2, 0.3, 5, 2",
    // one more than the size, in an update: its share of the load counts, it does not
    "4, 0.45, 0, 0.0, 3, 3",
    // likewise, if each machine works for itself: the one more needs none besides
    "4, 0.6, 0, 0.0, 3, 3",
    "6, 0.6, 0, 0.0, 3, 3",
    "4, 0.8, 0, 0.0, 3, 4",
  })
  void isTheLoadDividedByTheTarget(
      int machines, double share, int starting, double theirs, int size, int needed) {
    List<Load.Reading> readings = new ArrayList<>();
    for (int i = 0; i < machines; i++) {
      readings.add(new Load.Reading(share, true));
    }
    for (int i = 0; i < starting; i++) {
      readings.add(new Load.Reading(theirs, false));
    }
    assertThat(ScalingNeed.of(readings, 0.6, size)).hasValue(needed);
  }

  @Test
  void isUnknownWhileNoMachineIsInitialised() {
    assertThat(ScalingNeed.of(List.of(), 0.6, 3)).isEmpty();
    assertThat(ScalingNeed.of(List.of(new Load.Reading(1, false)), 0.6, 3)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"10, 20, 2", "10, 12, 1", "10, 3, 1", "50, 3, 1", "100, 3, 3"})
  void takesAPercentageOfThePeakAndAtLeastOne(int percent, int peak, int count) {
    FixedOrPercent most = FixedOrPercent.newBuilder().setPercent(percent).build();
    assertThat(ScalingNeed.count(most, peak)).isEqualTo(count);
  }
}
