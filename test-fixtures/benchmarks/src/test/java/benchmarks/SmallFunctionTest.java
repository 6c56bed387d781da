package benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SmallFunctionTest {
  @Test
  void theFullestHeapIsFoundInTheLogOfCollections() {
    String log =
        """
        [0.005s][info][gc] Using Serial
        [0.412s][info][gc] GC(0) Pause Young (Allocation Failure) 16M->5M(61M) 7.123ms
        [1.907s][info][gc] GC(1) Pause Full (Metadata GC Threshold) 40M->9M(61M) 31.002ms
        [2.500s][info][gc] GC(2) Pause Young (Allocation Failure) 26M->10M(61M) 2.871ms
        """;

    assertThat(SmallFunction.heapMib(log)).isEqualTo(40);
    assertThat(SmallFunction.heapMib("[0.005s][info][gc] Using Serial\n")).isZero();
  }
}
