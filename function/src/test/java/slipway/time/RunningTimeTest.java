package slipway.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunningTimeTest {
  private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

  @Test
  void runsFasterFromTheMomentTheSettingNames() {
    RunningTime once = RunningTime.of("2030-01-01T00:00:00Z@" + LONG_AGO + ",1");
    RunningTime twice = RunningTime.of("2030-01-01T00:00:00Z@" + LONG_AGO + ",2");

    Instant start = Instant.parse("2030-01-01T00:00:00Z");
    long passedOnce = once.instant().getEpochSecond() - start.getEpochSecond();
    long passedTwice = twice.instant().getEpochSecond() - start.getEpochSecond();

    assertThat(passedTwice).isBetween(2 * passedOnce - 1, 2 * passedOnce + 600);
  }

  @ParameterizedTest
  @ValueSource(strings = {"now", "2030-01-01T00:00:00Z,2", "2030-01-01T00:00:00Z@x,1", "a@b", "@,"})
  void tellsTheFormThatItExpects(String setting) {
    assertThatThrownBy(() -> RunningTime.of(setting))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("<cloud instant>@<system instant>,<speed>")
        .hasMessageContaining(setting);
  }
}
