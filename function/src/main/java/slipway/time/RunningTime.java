package slipway.time;

import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * The system's time, or the local cloud's, which may run faster: {@code CLOUD_CLOCK} holds {@code
 * <cloud instant>@<system instant>,<speed>}, the moment at which both were read and how many cloud
 * seconds pass in one of the system's.
 */
public final class RunningTime implements InstantSource, Sleeper {
  private static final InstantSource SYSTEM = Clock.systemUTC();

  private final Instant cloudStart;
  private final Instant systemStart;
  private final double speed;

  private RunningTime(Instant cloudStart, Instant systemStart, double speed) {
    this.cloudStart = cloudStart;
    this.systemStart = systemStart;
    this.speed = speed;
  }

  /**
   * Reads {@code CLOUD_CLOCK}; unset or empty is the system's own time.
   *
   * @throws IllegalArgumentException if it is not of the form above; the message shows an example
   */
  public static RunningTime of(@Nullable String cloudClock) {
    if (cloudClock == null || cloudClock.isEmpty()) {
      return new RunningTime(Instant.EPOCH, Instant.EPOCH, 1);
    }
    try {
      int at = cloudClock.indexOf('@');
      int comma = cloudClock.indexOf(',', at);
      return new RunningTime(
          Instant.parse(cloudClock.substring(0, at)),
          Instant.parse(cloudClock.substring(at + 1, comma)),
          Double.parseDouble(cloudClock.substring(comma + 1)));
    } catch (DateTimeParseException | NumberFormatException | StringIndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          "CLOUD_CLOCK: expected <cloud instant>@<system instant>,<speed> such as"
              + " 2026-11-22T13:42:33Z@2026-11-22T13:42:33Z,10, found "
              + cloudClock,
          e);
    }
  }

  @Override
  public Instant instant() {
    Duration passed = Duration.between(systemStart, SYSTEM.instant());
    return cloudStart.plusNanos(Math.round(passed.toNanos() * speed));
  }

  @Override
  public void sleep(Duration duration) throws InterruptedIOException {
    long millis = onTheSystem(duration).toMillis();
    if (millis <= 0) {
      return;
    }
    try {
      Thread.sleep(millis);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting " + duration);
    }
  }

  /** How long this much cloud time takes by the system's clock, in whole milliseconds. */
  public Duration onTheSystem(Duration cloud) {
    return Duration.ofMillis((long) Math.ceil(cloud.toMillis() / speed));
  }
}
