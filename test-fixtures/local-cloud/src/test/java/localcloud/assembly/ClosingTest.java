package localcloud.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingTest {
  private final List<String> stopped = new ArrayList<>();
  private final Closing closing = new Closing();

  @Test
  void theLastStartedStopsFirstAndEachOnce() {
    closing.add(() -> stopped.add("first"));
    closing.add(() -> stopped.add("second"));
    closing.close();
    closing.close();

    assertThat(stopped).containsExactly("second", "first");
  }

  @Test
  void whatStartsAfterTheEndStopsAtOnce() {
    closing.close();
    closing.add(() -> stopped.add("late"));

    assertThat(stopped).containsExactly("late");
  }

  @Test
  void oneThatFailsToStopHoldsUpNoOther() {
    closing.add(() -> stopped.add("first"));
    closing.add(
        () -> {
          throw new IllegalStateException("as asked");
        });
    closing.close();

    assertThat(stopped).containsExactly("first");
  }
}
