package slipway.time;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The time that one call of the function has left, and its waits. */
public final class CallTime {
  /** Kept free at the end of a call, to write down where the deployment stands. */
  private static final Duration RESERVE = Duration.ofSeconds(60);

  private final InstantSource clock;
  private final Sleeper sleeper;
  private final Duration whole;
  private final Instant end;
  private Pulse pulse = () -> {};

  /**
   * Starts now.
   *
   * @param call how long the platform lets a call run
   */
  public CallTime(InstantSource clock, Sleeper sleeper, Duration call) {
    this.clock = clock;
    this.sleeper = sleeper;
    whole = call.minus(RESERVE);
    end = clock.instant().plus(whole);
  }

  /** What is to happen again and again while the call waits. */
  @FunctionalInterface
  public interface Pulse {
    /**
     * Is called before each wait and each change.
     *
     * @throws CallOver if another call works on the deployment by now
     */
    void beat() throws CallOver;
  }

  /** Lets this happen from now on. */
  public void keep(Pulse wanted) {
    pulse = wanted;
  }

  /**
   * To be called before each change to what others use too.
   *
   * @throws CallOver if another call works on the deployment by now
   */
  public void beat() throws CallOver {
    pulse.beat();
  }

  /** The present instant. */
  public Instant now() {
    return clock.instant();
  }

  /** Whether the work must stop, 60 s before the platform would stop it. */
  public boolean isOver() {
    return !clock.instant().isBefore(end);
  }

  /** What a call has for its work, from its start on. */
  public Duration whole() {
    return whole;
  }

  /** What is left; zero or negative once the call is over. */
  public Duration left() {
    return Duration.between(clock.instant(), end);
  }

  /**
   * Waits, unless the call is over.
   *
   * @throws CallOver if the call is over, or another one works on the deployment by now
   * @throws IOException if the thread is interrupted meanwhile
   */
  public void sleep(Duration duration) throws IOException, CallOver {
    if (isOver()) {
      throw CallOver.timeUsed();
    }
    beat();
    sleeper.sleep(duration);
  }
}
