package benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class PassageTest {
  private static final Instant BEGUN = Instant.parse("2026-11-22T10:00:00Z");

  @Test
  void thePartsLieBetweenTheMomentsAndServingIsBeforeTheRecord() {
    Passage passage =
        new Passage(
            BEGUN,
            BEGUN.plusMillis(200),
            BEGUN.plusMillis(1200),
            BEGUN.plusMillis(6200),
            BEGUN.plusMillis(8000),
            BEGUN.plusMillis(18000),
            BEGUN.plusMillis(19500));

    assertThat(passage.parts()).containsExactly(0.2, 1.0, 5.0, 1.8, 10.0, 1.5);
    assertThat(passage.parts()).hasSameSizeAs(Passage.PARTS);
    assertThat(passage.uploadToServing()).isEqualTo(18.0);
  }
}
