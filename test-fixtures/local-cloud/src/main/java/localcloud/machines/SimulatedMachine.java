package localcloud.machines;

import com.google.cloud.compute.v1.HealthCheck;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import localcloud.world.instances.Machine;
import localcloud.world.instances.Machines.Spec;
import localcloud.world.instances.SerialOutput;
import org.jspecify.annotations.Nullable;

/** One simulated machine: everything about it follows from its disk and the time. */
final class SimulatedMachine implements Machine {
  private final Spec spec;
  private final Behaviour behaviour;
  private final InstantSource clock;
  private final SimulatedSite.Opener sites;
  private @Nullable SimulatedSite site;
  private String trouble = "";
  private boolean stopped;

  SimulatedMachine(
      Spec spec, Behaviour behaviour, InstantSource clock, SimulatedSite.Opener sites) {
    this.spec = spec;
    this.behaviour = behaviour;
    this.clock = clock;
    this.sites = sites;
  }

  @Override
  public boolean running(Instant now) {
    if (died(now)) {
      stop();
    }
    return !stopped;
  }

  /** Answers at once: cloud time may run faster than any connection. */
  @Override
  public CompletionStage<Reply> probe(HealthCheck check, Instant now) {
    return CompletableFuture.completedFuture(reply(check, now));
  }

  private Reply reply(HealthCheck check, Instant now) {
    boolean late = behaviour.answerSeconds() > check.getTimeoutSec();
    if (!running(now) || !booted(now) || late || hangs(now)) {
      return Reply.NONE;
    }
    if (check.getType().equals("TCP")) {
      return Reply.GOOD;
    }
    boolean text =
        SimulatedSite.text(behaviour.version()).contains(check.getHttpHealthCheck().getResponse());
    return behaviour.status() == 200 && text ? Reply.GOOD : Reply.BAD;
  }

  @Override
  public Optional<InetSocketAddress> address(int port) {
    if (stopped) {
      return Optional.empty();
    }
    if (site == null) {
      try {
        site = sites.open(behaviour, this::state);
        trouble = "";
      } catch (IOException none) {
        trouble = "unreachable: no port could be opened: " + none.getMessage() + '\n';
        return Optional.empty();
      }
    }
    return Optional.of(site.address());
  }

  /** At the moment of a request, of which the world need not know yet. */
  private SimulatedSite.State state() {
    Instant now = clock.instant();
    if (died(now)) {
      return SimulatedSite.State.ENDED;
    }
    return hangs(now) ? SimulatedSite.State.HANGING : SimulatedSite.State.SERVING;
  }

  @Override
  public OptionalDouble cpu(Instant now) {
    return OptionalDouble.of(behaviour.cpu());
  }

  @Override
  public SerialOutput console(Instant now) {
    StringBuilder said = new StringBuilder("simulated machine " + spec.name() + ": power on\n");
    if (!behaviour.boots()) {
      said.append(behaviour.console()).append('\n');
    }
    if (booted(now)) {
      said.append("version ").append(behaviour.version()).append(": booted\n");
      if (!behaviour.console().isEmpty()) {
        said.append(behaviour.console()).append('\n');
      }
    }
    said.append(trouble);
    if (died(now)) {
      said.append("machine halted\n");
    }
    return SerialOutput.of(said.toString());
  }

  @Override
  public void stop() {
    stopped = true;
    if (site != null) {
      site.close();
    }
  }

  private boolean booted(Instant now) {
    return passed(now) >= behaviour.bootSeconds();
  }

  private boolean hangs(Instant now) {
    return after(behaviour.hangsAfterSeconds(), now);
  }

  private boolean died(Instant now) {
    return after(behaviour.diesAfterSeconds(), now);
  }

  private boolean after(@Nullable Double seconds, Instant now) {
    return seconds != null && passed(now) >= seconds;
  }

  private double passed(Instant now) {
    return Duration.between(spec.start(), now).toMillis() / 1000.0;
  }
}
