package localcloud.machines;

import com.google.cloud.compute.v1.HealthCheck;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import localcloud.world.instances.Machine;
import localcloud.world.instances.SerialOutput;

/**
 * One machine that QEMU emulates. It ends when it powers off or its process is killed; a reset
 * boots it again, as at Google, so a crash loop shows on its console.
 */
final class QemuMachine implements Machine {
  private final Process qemu;
  private final HttpProbe probe;
  private final QemuMonitor monitor;
  private final SerialRing serial = new SerialRing();
  private volatile boolean stopped;
  private Instant cpuAt = Instant.MAX;
  private Duration cpuUsed = Duration.ZERO;

  QemuMachine(Process qemu, HttpProbe probe) {
    this.qemu = qemu;
    this.probe = probe;
    this.monitor = new QemuMonitor(qemu);
    serial.read(qemu.getErrorStream());
  }

  @Override
  public boolean running(Instant now) {
    return !stopped && qemu.isAlive();
  }

  @Override
  public CompletionStage<Reply> probe(HealthCheck check, Instant now) {
    if (!check.getType().equals("HTTP")) {
      return CompletableFuture.failedFuture(
          new UnsupportedOperationException(
              "QEMU's networking takes TCP connections that the guest does not: use type HTTP"));
    }
    return monitor
        .forward(check.getHttpHealthCheck().getPort())
        .thenCompose(address -> probe.ask(check, address))
        .completeOnTimeout(Reply.NONE, check.getTimeoutSec(), TimeUnit.SECONDS)
        // Off the JDK's one timer thread: what follows may wait for the world.
        .thenApplyAsync(reply -> reply, probe.threads());
  }

  /** Empty at first: the first question opens the way, some milliseconds later it is there. */
  @Override
  public Optional<InetSocketAddress> address(int port) {
    CompletableFuture<InetSocketAddress> forward = monitor.forward(port);
    return forward.isCompletedExceptionally()
        ? Optional.empty()
        : Optional.ofNullable(forward.getNow(null));
  }

  @Override
  public SerialOutput console(Instant now) {
    return serial.output();
  }

  /** What its process used since the last question: it has one vCPU. Empty at the first. */
  @Override
  public OptionalDouble cpu(Instant now) {
    Optional<Duration> used = qemu.toHandle().info().totalCpuDuration();
    if (used.isEmpty()) {
      return OptionalDouble.empty();
    }
    boolean first = !now.isAfter(cpuAt);
    double share =
        first
            ? 0
            : (double) used.get().minus(cpuUsed).toNanos() / Duration.between(cpuAt, now).toNanos();
    cpuAt = now;
    cpuUsed = used.get();
    return first ? OptionalDouble.empty() : OptionalDouble.of(Math.min(1, share));
  }

  @Override
  public void stop() {
    stopped = true;
    qemu.destroy();
    CompletableFuture.delayedExecutor(5, TimeUnit.SECONDS).execute(qemu::destroyForcibly);
  }

  Process process() {
    return qemu;
  }
}
