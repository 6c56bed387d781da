package localcloud.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import localcloud.clock.ManualClock;
import org.junit.jupiter.api.Test;

class TimelineTest {
  private static final Instant START = Instant.parse("2026-11-22T13:42:33Z");

  private final ManualClock system = new ManualClock(START);
  private final ManualClock cloud = new ManualClock(START);
  private final Timeline timeline =
      new Timeline(() -> new Watch.Moment(system.instant(), cloud.instant()));

  @Test
  void theFirstWordOfAStageCounts() {
    timeline.reached("received");
    pass();
    timeline.accept("{\"severity\":\"INFO\",\"event\":\"artifact.proven\",\"message\":\"m\"}");
    pass();
    timeline.reached("proven");

    assertThat(timeline.span("received", "proven"))
        .contains(new Watch.Span(Duration.ofSeconds(1), Duration.ofSeconds(20)));
  }

  @Test
  void linesThatAreNoAuditAreLetGo() {
    timeline.accept("Serving function...");
    timeline.accept("{\"severity\":\"ERROR\",\"message\":\"a\tb\"}");
    timeline.accept("{not json");
    timeline.accept("{\"event\":\"rollout.progress\"}");
    timeline.reached("received");

    assertThat(timeline.span("received", "proven")).isEmpty();
    assertThat(timeline.span("received", "received")).isPresent();
  }

  private void pass() {
    system.advance(Duration.ofSeconds(1));
    cloud.advance(Duration.ofSeconds(20));
  }
}
