package localcloud.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningClockTest {
  @TempDir Path folder;

  @Test
  void goesOnWhereItWasKeptIfThatIsLater() throws Exception {
    Instant late = Instant.parse("2126-01-01T00:00:00Z");
    Path file = folder.resolve("clock");
    Files.writeString(file, late + "\n");
    RunningClock clock = RunningClock.resuming(file, 1000);
    clock.keep(file);
    Instant kept = Instant.parse(Files.readString(file).strip());

    assertThat(kept).isAfterOrEqualTo(late);
    assertThat(RunningClock.resuming(file, 1).instant()).isAfterOrEqualTo(kept);
  }

  @Test
  void startsAtTheSystemsTimeWhereAnEarlierOneOrNoneWasKept() throws Exception {
    Instant before = RunningClock.startingNow(1).instant();
    Path file = folder.resolve("clock");

    assertThat(RunningClock.resuming(file, 1).instant()).isAfterOrEqualTo(before);
    Files.writeString(file, "2016-11-22T00:00:00Z");
    assertThat(RunningClock.resuming(file, 1).instant()).isAfterOrEqualTo(before);
  }

  @Test
  void sleepsUntilItShowsTheInstant() throws Exception {
    RunningClock clock = RunningClock.startingNow(3600);
    Instant inAMinute = clock.instant().plusSeconds(60);
    clock.sleepUntil(inAMinute);

    assertThat(clock.instant()).isAfterOrEqualTo(inAMinute);
  }
}
