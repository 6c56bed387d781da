package localcloud.page;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What the page shows, as it was last looked up; nothing is looked up while nobody watches. */
final class Board {
  private final List<Source> sources;
  private final Object looking = new Object();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Map<String, JsonObject> cells = Map.of();
  private long edition;
  private int watchers;

  Board(List<Source> sources) {
    this.sources = List.copyOf(sources);
  }

  /** Looks everything up again, if somebody watches. */
  void look() {
    if (watchers() > 0) {
      synchronized (looking) {
        become(lookedUp());
      }
    }
  }

  private Map<String, JsonObject> lookedUp() {
    Map<String, JsonObject> found = new LinkedHashMap<>();
    try {
      for (Source source : sources) {
        source.fill(found);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private void become(Map<String, JsonObject> found) {
    lock.lock();
    try {
      if (!found.equals(cells)) {
        cells = found;
        edition++;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  int watchers() {
    lock.lock();
    try {
      return watchers;
    } finally {
      lock.unlock();
    }
  }

  /** Begins to watch; the first to do so does not see what stood here before. */
  Watcher watch() {
    lock.lock();
    try {
      watchers++;
    } finally {
      lock.unlock();
    }
    Watcher watcher = new Watcher();
    try {
      look();
    } catch (RuntimeException failed) {
      watcher.close();
      throw failed;
    }
    return watcher;
  }

  /** One open tab. It misses states if it is slow, and never the last one. */
  final class Watcher implements AutoCloseable {
    private long seen = -1;

    /** All cells once they differ from those of the call before, or as they are after this time. */
    Map<String, JsonObject> next(Duration patience) throws InterruptedException {
      lock.lockInterruptibly();
      try {
        long left = patience.toNanos();
        while (edition == seen && left > 0) {
          left = changed.awaitNanos(left);
        }
        seen = edition;
        return cells;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() {
      lock.lock();
      try {
        watchers--;
      } finally {
        lock.unlock();
      }
    }
  }
}
