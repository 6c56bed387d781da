package localcloud.world.operations;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Gives out numbers, and writes times as Compute Engine does. */
public final class Ids {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxxx", Locale.ROOT);

  private long last;

  /** Starts where the clock stands, so that two runs do not meet. */
  public Ids(Instant start) {
    last = start.toEpochMilli() * 1_000_000;
  }

  long next() {
    last += 1 + last % 7;
    return last;
  }

  /** Such as 2026-11-22T13:42:33.000+00:00. */
  public static String time(Instant instant) {
    return TIME.format(instant.atOffset(ZoneOffset.UTC));
  }
}
