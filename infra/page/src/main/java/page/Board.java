package page;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What the page shows, as it was last looked up; nothing is looked up while nobody watches. */
final class Board {
  /** What was read longer ago, while nobody watched, is read again as a whole. */
  private static final Duration STALE = Duration.ofMinutes(1);

  private final List<Turn> turns;
  private final JsonObject cloud;
  private final InstantSource clock;
  private final boolean atOnce;
  private final Object looking = new Object();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Watcher> watchers = new ArrayList<>();
  private Map<String, JsonObject> cells = Map.of();
  private long edition;
  private Instant left = Instant.EPOCH;

  /**
   * Takes what is to be shown.
   *
   * @param cloud its cell of that name, which never changes
   * @param atOnce whether who comes waits until all is read, and sees no part before
   */
  Board(List<Turn> turns, JsonObject cloud, InstantSource clock, boolean atOnce) {
    this.turns = List.copyOf(turns);
    this.cloud = cloud;
    this.clock = clock;
    this.atOnce = atOnce;
  }

  /** Looks up what it is time for, if somebody watches. */
  void look() throws InterruptedException {
    Wishes wishes = wishes();
    if (watchers() > 0) {
      synchronized (looking) {
        Instant now = clock.instant();
        turns.forEach(turn -> turn.begin(now, wishes));
        boolean asked = true;
        while (asked) {
          asked = ask(now, wishes);
        }
        turns.forEach(Turn::end);
        become(filled(wishes));
      }
    }
  }

  /** Asks whatever is wanted at once, since an answer takes as long as many. */
  private boolean ask(Instant now, Wishes wishes) throws InterruptedException {
    boolean asked = false;
    for (Turn turn : turns) {
      if (turn.wants(wishes)) {
        turn.ask(now, wishes);
        asked = true;
      }
    }
    for (Turn turn : turns) {
      turn.take(now);
    }
    if (asked && !atOnce) {
      become(filled(wishes));
    }
    return asked;
  }

  private Map<String, JsonObject> filled(Wishes wishes) {
    Map<String, JsonObject> found = new LinkedHashMap<>();
    found.put("cloud", cloud);
    turns.forEach(turn -> turn.fill(wishes, found));
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
      return watchers.size();
    } finally {
      lock.unlock();
    }
  }

  private Wishes wishes() {
    lock.lock();
    try {
      return Wishes.all(watchers.stream().map(watcher -> watcher.wishes).toList());
    } finally {
      lock.unlock();
    }
  }

  /** Begins to watch; the first to do so does not see what stood here long before. */
  Watcher watch(Wishes wishes) throws InterruptedException {
    Watcher watcher = new Watcher(wishes);
    synchronized (looking) {
      if (watchers() == 0 && clock.instant().isAfter(left.plus(STALE))) {
        turns.forEach(Turn::afresh);
        become(Map.of("cloud", cloud));
      } else if (!wishes.equals(Wishes.NONE)) {
        turns.forEach(Turn::hurry);
      }
      lock.lock();
      try {
        watchers.add(watcher);
      } finally {
        lock.unlock();
      }
    }
    try {
      if (atOnce) {
        look();
      }
      return watcher;
    } catch (InterruptedException | RuntimeException failed) {
      watcher.close();
      throw failed;
    }
  }

  /** One open tab. It misses states if it is slow, and never the last one. */
  final class Watcher implements AutoCloseable {
    private final Wishes wishes;
    private long seen = -1;

    Watcher(Wishes wishes) {
      this.wishes = wishes;
    }

    /** All cells once they differ from those of the call before, or as they are after this time. */
    Map<String, JsonObject> next(Duration patience) throws InterruptedException {
      lock.lockInterruptibly();
      try {
        long more = patience.toNanos();
        while (edition == seen && more > 0) {
          more = changed.awaitNanos(more);
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
        watchers.remove(this);
        left = clock.instant();
      } finally {
        lock.unlock();
      }
    }
  }
}
