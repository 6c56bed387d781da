package localcloud.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Gives out generations: microseconds of cloud time, each greater than all before it. */
final class Generations {
  /** A second: so that the file is not written for each of them. */
  private static final long KEPT_AHEAD = 1_000_000;

  private final Path file;
  private final InstantSource clock;
  private long last;
  private long kept;

  private Generations(Path file, InstantSource clock, long last) {
    this.file = file;
    this.clock = clock;
    this.last = last;
    this.kept = last;
  }

  /** None above the one in the file was given, so that a restart cannot give one again. */
  static Generations open(Path file, InstantSource clock) throws IOException {
    long last = Files.exists(file) ? Long.parseLong(Files.readString(file).strip()) : 0;
    return new Generations(file, clock, last);
  }

  synchronized long next() throws IOException {
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    last = Math.max(last + 1, now);
    if (last > kept) {
      kept = last + KEPT_AHEAD;
      WholeFile.write(file, kept + "\n");
    }
    return last;
  }
}
