package localcloud.clock;

import java.time.Instant;
import java.time.InstantSource;

/** The local cloud's one clock. It may run faster than the system's and never goes back. */
public interface CloudClock extends InstantSource {
  /**
   * Returns once the clock shows this instant or a later one.
   *
   * @throws InterruptedException if the thread is interrupted meanwhile
   */
  void sleepUntil(Instant cloudTime) throws InterruptedException;
}
