package localcloud.assembly;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Writes the sweep's object once a minute of cloud time, as Cloud Scheduler does in a real project.
 */
public final class Scheduler {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final String SWEEP = "handoff/sweep";

  private Scheduler() {}

  /**
   * Begins at once, and ends when it is closed.
   *
   * @param folder where an empty file may lie, which is uploaded
   * @param speed how many seconds of cloud time pass in one of the system's
   */
  public static AutoCloseable start(Api api, Path folder, int speed) throws IOException {
    Path empty = Files.write(folder.resolve("sweep"), new byte[0]);
    return Periodic.start("scheduler", MINUTE.dividedBy(speed), () -> sweep(api, empty));
  }

  private static void sweep(Api api, Path empty) {
    try {
      api.upload(empty, Names.UPLOADS, SWEEP);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
