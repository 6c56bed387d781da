package localcloud.demo;

import java.time.Duration;
import java.time.Instant;
import localcloud.assembly.Text;
import localcloud.clock.CloudClock;
import localcloud.clock.RunningClock;

/** The system's time and the cloud's, side by side. */
final class Watch {
  private final CloudClock system = RunningClock.startingNow(1);
  private final Instant start = system.instant();

  /** One moment in both. */
  record Moment(Instant system, Instant cloud) {}

  /** Between two moments, in both. */
  record Span(Duration system, Duration cloud) {
    static Span between(Moment from, Moment to) {
      return new Span(
          Duration.between(from.system(), to.system()), Duration.between(from.cloud(), to.cloud()));
    }
  }

  Moment now(CloudClock cloud) {
    return new Moment(system.instant(), cloud.instant());
  }

  void pause(Duration systemTime) throws InterruptedException {
    system.sleepUntil(system.instant().plus(systemTime));
  }

  Duration elapsed() {
    return Duration.between(start, system.instant());
  }

  /** Minutes and seconds since the start, as each line begins. */
  String stamp() {
    long seconds = elapsed().toSeconds();
    return Text.of("%3d:%02d", seconds / 60, seconds % 60);
  }
}
