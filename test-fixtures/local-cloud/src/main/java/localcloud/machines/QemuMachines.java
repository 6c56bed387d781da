package localcloud.machines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import localcloud.processes.RecordedProcesses;
import localcloud.world.instances.Machine;
import localcloud.world.instances.Machines;

/**
 * Machines that boot their disk: each is a process of QEMU, emulated in software. Their time is the
 * system's, so cloud time must be too. Every process is recorded, for whoever comes after a crash.
 */
public final class QemuMachines implements Machines, AutoCloseable {
  /** The role of their processes among those recorded. */
  public static final String ROLE = "machine";

  private static final int END_SECONDS = 5;

  private final Path program;
  private final Path bootCheck;
  private final RecordedProcesses processes;
  private final HttpProbe probe = new HttpProbe();
  private final Set<Process> running = ConcurrentHashMap.newKeySet();
  private boolean closed;

  /**
   * Takes what runs the machines.
   *
   * @param program QEMU
   * @param bootCheck {@code .circleci/boot-check}, which gives them their network
   * @param processes where QEMU's processes are recorded
   */
  public QemuMachines(Path program, Path bootCheck, RecordedProcesses processes) {
    this.program = program;
    this.bootCheck = bootCheck;
    this.processes = processes;
  }

  @Override
  public synchronized Machine start(Spec spec) {
    if (closed) {
      throw new UncheckedIOException(new IOException("the local cloud stops"));
    }
    if (!QemuCommand.knows(spec.board())) {
      throw new UncheckedIOException(
          new IOException("this computer emulates no " + spec.board() + "; is ovmf installed?"));
    }
    ProcessBuilder builder = new ProcessBuilder(QemuCommand.line(program, bootCheck, spec));
    builder.environment().clear();
    // Where QEMU puts what the machine writes: the disk's file system has room for it, /var/tmp may
    // not.
    builder.environment().put("TMPDIR", String.valueOf(spec.disk().getParent()));
    try {
      Process qemu = builder.start();
      running.add(qemu);
      record(qemu);
      return new QemuMachine(qemu, probe);
    } catch (IOException e) {
      throw new UncheckedIOException("starting " + spec.name(), e);
    }
  }

  private void record(Process qemu) throws IOException {
    try {
      processes.add(qemu.toHandle(), ROLE);
      qemu.onExit().thenAccept(this::forget);
    } catch (IOException unrecorded) {
      qemu.destroyForcibly();
      throw unrecorded;
    }
  }

  private void forget(Process ended) {
    running.remove(ended);
    try {
      processes.remove(ended.pid());
    } catch (IOException e) {
      System.err.println("local cloud: cannot forget the machine " + ended.pid() + ": " + e);
    }
  }

  /** Switches all off, starts none any more, and returns when their processes are gone. */
  @Override
  public void close() throws InterruptedException {
    synchronized (this) {
      closed = true;
    }
    running.forEach(Process::destroy);
    for (Process process : running) {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      forget(process);
    }
    probe.close();
  }
}
