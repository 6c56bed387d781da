package localcloud.events;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.stream.IntStream;

/**
 * The function as the platform runs it: up to so many instances, each with one call at a time
 * (Cloud Functions' default concurrency), started on demand. Further events wait for one in turn.
 */
public final class FunctionInstances implements EventTarget, AutoCloseable {
  private final List<FunctionInstance> all;

  /** The idle ones, those with a warm process first. */
  private final BlockingDeque<FunctionInstance> idle;

  /**
   * Starts nothing yet.
   *
   * @param count how many may run at once, 1 or more
   * @param firstPort where the first one listens, 0 for a free port; the others take free ones
   */
  public FunctionInstances(FunctionPlan plan, int count, int firstPort) {
    all =
        IntStream.range(0, count)
            .mapToObj(i -> new FunctionInstance(plan, i == 0 ? firstPort : 0))
            .toList();
    idle = new LinkedBlockingDeque<>(all);
  }

  /**
   * Starts the first instance and returns its port once it takes connections.
   *
   * @throws IOException if it does not; the message says why and where its log is
   */
  public int startFirst() throws IOException, InterruptedException {
    return all.get(0).ensureRunning();
  }

  @Override
  public int post(FinalizeEvent event) throws IOException, InterruptedException {
    FunctionInstance instance = idle.takeFirst();
    try {
      return instance.post(event);
    } finally {
      idle.addFirst(instance);
    }
  }

  /** Stops every instance and returns when their processes are gone. No event may come after it. */
  @Override
  public void close() {
    all.forEach(FunctionInstance::signal);
    all.forEach(FunctionInstance::stop);
  }
}
