package localcloud.clock;

import java.time.Duration;
import java.time.Instant;

/** Stands still until a test moves it; whoever sleeps moves it to the end of the sleep. */
public final class ManualClock implements CloudClock {
  private Instant now;

  public ManualClock(Instant start) {
    now = start;
  }

  public synchronized void advance(Duration duration) {
    now = now.plus(duration);
  }

  /** Also back. */
  public synchronized void set(Instant time) {
    now = time;
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public synchronized void sleepUntil(Instant cloudTime) {
    if (now.isBefore(cloudTime)) {
      now = cloudTime;
    }
  }
}
