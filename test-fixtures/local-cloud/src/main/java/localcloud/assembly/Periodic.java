package localcloud.assembly;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Does something again and again in a thread of its own, and once more at the end. */
final class Periodic implements AutoCloseable {
  private static final long CLOSE_SECONDS = 5;

  private final Runnable task;
  private final ScheduledExecutorService thread;

  private Periodic(String name, Runnable task) {
    this.task = task;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            run -> {
              Thread daemon = new Thread(run, name);
              daemon.setDaemon(true);
              return daemon;
            });
  }

  /** Begins at once; the period is the system's time. A failure is told, and it goes on. */
  static Periodic start(String name, Duration period, Runnable task) {
    Periodic periodic = new Periodic(name, task);
    periodic.thread.scheduleWithFixedDelay(
        () -> periodic.runTold(name), 0, period.toMillis(), TimeUnit.MILLISECONDS);
    return periodic;
  }

  private void runTold(String name) {
    try {
      task.run();
    } catch (RuntimeException e) {
      System.err.println("local cloud: " + name + " failed: " + e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    thread.shutdown();
    thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    task.run();
  }
}
