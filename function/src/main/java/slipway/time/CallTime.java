package slipway.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The time that one call of the function has left, and its waits. */
public final class CallTime {
  /** Kept free at the end of a call, to write down where the deployment stands. */
  private static final Duration RESERVE = Duration.ofSeconds(60);

  private final InstantSource clock;
  private final Sleeper sleeper;
  private final Instant end;

  /**
   * Starts now.
   *
   * @param call how long the platform lets a call run
   */
  public CallTime(InstantSource clock, Sleeper sleeper, Duration call) {
    this.clock = clock;
    this.sleeper = sleeper;
    end = clock.instant().plus(call).minus(RESERVE);
  }

  /** The present instant. */
  public Instant now() {
    return clock.instant();
  }

  /** Whether the work must stop, 60 s before the platform would stop it. */
  public boolean isOver() {
    return !clock.instant().isBefore(end);
  }

  /** What is left; zero or negative once the call is over. */
  public Duration left() {
    return Duration.between(clock.instant(), end);
  }

  /**
   * Waits, unless the call is over.
   *
   * @throws CallOver if the call is over, so that its event is delivered again
   */
  public void sleep(Duration duration) throws CallOver, InterruptedException {
    if (isOver()) {
      throw new CallOver();
    }
    sleeper.sleep(duration);
  }
}
