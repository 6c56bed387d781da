package slipway.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Stands still but for sleeps, which move it on; each sleep may be listened to. */
public final class ManualTime implements InstantSource, Sleeper {
  private Instant now;
  private Runnable afterSleep = () -> {};

  public ManualTime(Instant start) {
    now = start;
  }

  /** Runs this after each sleep: what the world does while somebody waits. */
  public void afterSleep(Runnable action) {
    afterSleep = action;
  }

  /** What runs after each sleep. */
  public Runnable listener() {
    return afterSleep;
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public void sleep(Duration duration) {
    now = duration.isNegative() ? now : now.plus(duration);
    afterSleep.run();
  }
}
