package benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MeasuredTest {
  @Test
  void readsNumbersBetweenOtherLines() {
    Measured measured = Measured.read("WARNING: x\nproof 1.5\nheap 12\nproof 2.5\nlog on\n");

    assertThat(measured.of("proof").text("s")).isEqualTo("2.00 s (1.50..2.50, 2 runs)");
    assertThat(measured.median("heap")).isEqualTo(12);
  }

  @Test
  void tellsWhatWasPrintedInstead() {
    assertThatThrownBy(() -> Measured.read("heap 12\n").of("proof"))
        .hasMessage("expected lines of proof, found [heap]");
  }
}
