package localcloud.machines;

import com.google.cloud.compute.v1.HealthCheck;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import localcloud.world.Machine;

/** One simulated machine: everything about it follows from its disk and the time. */
final class SimulatedMachine implements Machine {
  private final String name;
  private final Behaviour behaviour;
  private final Instant start;
  private boolean stopped;

  SimulatedMachine(String name, Behaviour behaviour, Instant start) {
    this.name = name;
    this.behaviour = behaviour;
    this.start = start;
  }

  @Override
  public boolean running(Instant now) {
    return !stopped && !died(now);
  }

  /** Answers at once: cloud time may run faster than any connection. */
  @Override
  public CompletionStage<Reply> probe(HealthCheck check, Instant now) {
    return CompletableFuture.completedFuture(reply(now));
  }

  private Reply reply(Instant now) {
    if (!running(now) || !booted(now)) {
      return Reply.NONE;
    }
    return behaviour.healthy() ? Reply.GOOD : Reply.BAD;
  }

  @Override
  public Optional<InetSocketAddress> address(int port) {
    return Optional.empty();
  }

  @Override
  public String console(Instant now) {
    StringBuilder said = new StringBuilder("simulated machine " + name + ": power on\n");
    if (booted(now)) {
      said.append("version ").append(behaviour.version()).append(": booted\n");
      if (!behaviour.console().isEmpty()) {
        said.append(behaviour.console()).append('\n');
      }
    }
    if (died(now)) {
      said.append("machine halted\n");
    }
    return said.toString();
  }

  @Override
  public void stop() {
    stopped = true;
  }

  private boolean booted(Instant now) {
    return passed(now) >= behaviour.bootSeconds();
  }

  private boolean died(Instant now) {
    Double end = behaviour.diesAfterSeconds();
    return end != null && passed(now) >= end;
  }

  private double passed(Instant now) {
    return Duration.between(start, now).toMillis() / 1000.0;
  }
}
