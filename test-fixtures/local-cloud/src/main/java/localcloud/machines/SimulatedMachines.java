package localcloud.machines;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import localcloud.world.instances.Machine;
import localcloud.world.instances.Machines;

/**
 * Machines that only exist as a rule read from their disk: at byte 1,048,576, where a disk's first
 * partition begins, {@code SLIPWAY-SIM } and one line of JSON. Any other disk boots and is healthy,
 * unless its partitions say that it is for another kind of machine.
 */
public final class SimulatedMachines implements Machines {
  private static final int AT = 1 << 20;
  private static final int LONGEST_LINE = 4096;

  /** No answer keeps one waiting: they do for all machines together. */
  private static final int THREADS = 4;

  private static final String MARK = "SLIPWAY-SIM ";

  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(THREADS, SimulatedMachines::thread);

  private final InstantSource clock;

  /**
   * None at first.
   *
   * @param clock the time by which their sites hang and end
   */
  public SimulatedMachines(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Machine start(Spec spec) {
    return new SimulatedMachine(
        spec,
        behaviour(spec),
        clock,
        (behaviour, state) -> SimulatedSite.open(behaviour, state, threads));
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "simulated machines");
    thread.setDaemon(true);
    return thread;
  }

  private static Behaviour behaviour(Spec spec) {
    try {
      if (!PartitionTable.read(spec.disk()).boots(spec.board())) {
        return Behaviour.notBooting(spec.board().firmware());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("reading the disk " + spec.disk(), e);
    }
    return behaviour(spec.disk());
  }

  private static Behaviour behaviour(Path disk) {
    byte[] line = new byte[LONGEST_LINE];
    int length;
    try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "r")) {
      file.seek(AT);
      length = Math.max(0, file.read(line));
    } catch (IOException e) {
      throw new UncheckedIOException("reading the disk " + disk, e);
    }
    String text = new String(line, 0, length, StandardCharsets.UTF_8);
    if (!text.startsWith(MARK)) {
      return Behaviour.ofAnyDisk();
    }
    return Behaviour.parse(text.substring(MARK.length()).lines().findFirst().orElse(""));
  }
}
