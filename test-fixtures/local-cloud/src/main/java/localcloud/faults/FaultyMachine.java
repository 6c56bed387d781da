package localcloud.faults;

import com.google.cloud.compute.v1.HealthCheck;
import com.google.protobuf.ByteString;
import java.net.InetSocketAddress;
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
  private final Optional<Instant> end;

  FaultyMachine(Machine real, Fault.OfMachine fault, Instant start, Optional<Instant> end) {
    this.end = end;
    this.real = real;
    this.fault = fault;
    this.start = start;
  }

  @Override
  public boolean running(Instant now) {
    return !isDead(now) && real.running(now);
  }

  @Override
  public boolean preempted(Instant now) {
    return fault.preempted() && isDead(now);
  }

  @Override
  public CompletionStage<Reply> probe(HealthCheck check, Instant now) {
    boolean boots = now.isBefore(start.plus(fault.boots()));
    boolean mute = !fault.healthy() || boots || isDead(now);
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
    boolean dead = end.filter(then -> !now.isBefore(then)).isPresent();
    if (dead) {
      real.stop();
    }
    return dead;
  }
}
