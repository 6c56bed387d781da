package slipway.time;

import java.io.InterruptedIOException;
import java.time.Duration;

/** Waits in the same time that the clock beside it shows. */
@FunctionalInterface
public interface Sleeper {
  /**
   * Returns once the duration has passed; at once where it is zero or negative.
   *
   * @throws InterruptedIOException if the thread is interrupted meanwhile
   */
  void sleep(Duration duration) throws InterruptedIOException;
}
