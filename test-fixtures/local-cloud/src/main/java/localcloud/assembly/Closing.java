package localcloud.assembly;

import java.util.ArrayDeque;
import java.util.Deque;

/** What was started, to be stopped once, the last first: at the end, on Ctrl-C or on a fault. */
public final class Closing implements AutoCloseable {
  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private boolean closed;

  /** Takes over what has just been started; after the end it is stopped at once. */
  public synchronized <T extends AutoCloseable> T add(T thing) {
    started.push(thing);
    if (closed) {
      stopAll();
    }
    return thing;
  }

  @Override
  public synchronized void close() {
    closed = true;
    stopAll();
  }

  private void stopAll() {
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception e) {
        System.err.println("local cloud: while stopping: " + e);
      }
    }
  }
}
