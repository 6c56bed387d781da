package localcloud.faults;

import com.google.cloud.compute.v1.HealthCheck;
import com.google.protobuf.ByteString;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import localcloud.world.instances.Machine;
import localcloud.world.instances.SerialOutput;

/** A machine that is worse than what it runs. */
final class FaultyMachine implements Machine {
  private static final ByteString HALTED =
      ByteString.copyFromUtf8("machine halted by a fault that was asked for\n");

  private final Machine real;
  private final Fault.OfMachine fault;
  private final Instant start;

  FaultyMachine(Machine real, Fault.OfMachine fault, Instant start) {
    this.real = real;
    this.fault = fault;
    this.start = start;
  }

  @Override
  public boolean running(Instant now) {
    return !isDead(now) && real.running(now);
  }

  @Override
  public CompletionStage<Reply> probe(HealthCheck check, Instant now) {
    boolean mute = !fault.healthy() || passed(now).compareTo(fault.boots()) < 0 || isDead(now);
    return mute ? CompletableFuture.completedFuture(Reply.NONE) : real.probe(check, now);
  }

  @Override
  public Optional<InetSocketAddress> address(int port) {
    return real.address(port);
  }

  @Override
  public SerialOutput console(Instant now) {
    SerialOutput said = real.console(now);
    return isDead(now) ? new SerialOutput(said.start(), said.bytes().concat(HALTED)) : said;
  }

  @Override
  public OptionalDouble cpu(Instant now) {
    return real.cpu(now);
  }

  @Override
  public void stop() {
    real.stop();
  }

  /** Whoever finds it dead has its connections broken. */
  private boolean isDead(Instant now) {
    boolean dead = fault.dies().filter(end -> passed(now).compareTo(end) >= 0).isPresent();
    if (dead) {
      real.stop();
    }
    return dead;
  }

  private Duration passed(Instant now) {
    return Duration.between(start, now);
  }
}
