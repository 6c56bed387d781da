package benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpreadTest {
  @Test
  void takesTheMiddleOfThreeInAnyOrder() {
    Spread spread = Spread.of(9, 1, 2);

    assertThat(spread.median()).isEqualTo(2);
    assertThat(spread.min()).isEqualTo(1);
    assertThat(spread.max()).isEqualTo(9);
    assertThat(spread.text("s")).isEqualTo("2.00 s (1.00..9.00, 3 runs)");
  }

  @Test
  void takesTheMeanOfTheTwoInTheMiddle() {
    assertThat(Spread.of(4, 1, 3, 100).median()).isEqualTo(3.5);
  }

  @Test
  void saysThatThereWasOneRun() {
    assertThat(Spread.of(0.25).text("s")).isEqualTo("0.25 s (1 run)");
  }

  @Test
  void refusesNoMeasurement() {
    assertThatThrownBy(Spread::of).hasMessage("expected at least one measurement, found none");
  }

  @ParameterizedTest
  @CsvSource({"1234.6, 1235", "12.345, 12.3", "1.2345, 1.23", "0.012345, 0.012", "0, 0.000"})
  void writesThreeDigits(double x, String text) {
    assertThat(Spread.number(x)).isEqualTo(text);
  }
}
