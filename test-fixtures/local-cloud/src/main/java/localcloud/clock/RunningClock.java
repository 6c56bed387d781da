package localcloud.clock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Runs with the system's clock, N times as fast. */
public final class RunningClock implements CloudClock {
  private static final InstantSource SYSTEM = Clock.systemUTC();

  private final Instant cloudStart;
  private final Instant systemStart;
  private final double speed;

  private RunningClock(Instant cloudStart, Instant systemStart, double speed) {
    this.cloudStart = cloudStart;
    this.systemStart = systemStart;
    this.speed = speed;
  }

  /** Starts now, at the system's time. */
  public static RunningClock startingNow(double speed) {
    Instant now = SYSTEM.instant();
    return new RunningClock(now, now, speed);
  }

  /**
   * Starts at the system's time, or where the clock kept in this file stood if that is later.
   *
   * @throws IOException if the file cannot be read
   */
  public static RunningClock resuming(Path file, double speed) throws IOException {
    Instant now = SYSTEM.instant();
    try {
      Instant kept = Instant.parse(Files.readString(file).strip());
      return new RunningClock(kept.isAfter(now) ? kept : now, now, speed);
    } catch (NoSuchFileException fresh) {
      return new RunningClock(now, now, speed);
    }
  }

  /** Keeps the present time, so that a later {@link #resuming} does not go back behind it. */
  public void keep(Path file) throws IOException {
    Files.writeString(file, instant() + "\n");
  }

  /** The form that the function reads: {@code <cloud instant>@<system instant>,<speed>}. */
  public String setting() {
    return cloudStart + "@" + systemStart + "," + speed;
  }

  @Override
  public Instant instant() {
    Duration passed = Duration.between(systemStart, SYSTEM.instant());
    return cloudStart.plusNanos(Math.round(passed.toNanos() * speed));
  }

  @Override
  public void sleepUntil(Instant cloudTime) throws InterruptedException {
    for (Instant now = instant(); now.isBefore(cloudTime); now = instant()) {
      long millis = (long) Math.ceil(Duration.between(now, cloudTime).toMillis() / speed);
      Thread.sleep(Math.max(1, millis));
    }
  }
}
