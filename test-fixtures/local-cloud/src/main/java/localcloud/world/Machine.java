package localcloud.world;

import java.time.Instant;

/** One machine that was switched on. */
public interface Machine {
  /**
   * What can be seen from outside.
   *
   * @param running false once it has ended by itself
   * @param answers whether it passes its health check now
   */
  record Sighting(boolean running, boolean answers) {}

  /** How it is at this instant, which is never before that of an earlier call. */
  Sighting observe(Instant now);

  /** What its first serial port has said up to now. */
  String console(Instant now);

  /** Switches it off for good; it may be off already. */
  void stop();
}
