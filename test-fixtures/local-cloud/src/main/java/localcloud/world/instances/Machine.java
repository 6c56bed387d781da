package localcloud.world.instances;

import com.google.cloud.compute.v1.HealthCheck;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletionStage;

/**
 * One machine that was switched on. The instants it is asked about never go back. Nothing here
 * blocks: the world asks while it holds its lock.
 */
public interface Machine {
  /** How a health check's question was answered: what HealthStatus and its like tell apart. */
  enum Reply {
    /** As the check requires, in time. */
    GOOD,
    /** Otherwise: reachable, but another status, another text or not all of an answer. */
    BAD,
    /** Unreachable: no connection, or no answer within the check's timeout. */
    NONE
  }

  /** False once it has ended, by itself or because it was stopped. */
  boolean running(Instant now);

  /** Whether it ended because Compute Engine took it away: a Spot machine's preemption. */
  default boolean preempted(Instant now) {
    return false;
  }

  /**
   * Puts a health check's question to it. The reply may come later and from another thread, but
   * always comes: after the check's {@code timeoutSec} it is {@link Reply#NONE}.
   */
  CompletionStage<Reply> probe(HealthCheck check, Instant now);

  /** Where a TCP port of its is reached on this computer; empty if nothing forwards to it. */
  Optional<InetSocketAddress> address(int port);

  /** What its first serial port has said up to now. */
  SerialOutput console(Instant now);

  /** The share of its vCPUs in use, from 0 to 1; empty if it cannot tell. */
  default OptionalDouble cpu(Instant now) {
    return OptionalDouble.empty();
  }

  /** Switches it off for good; it may be off already. */
  void stop();
}
