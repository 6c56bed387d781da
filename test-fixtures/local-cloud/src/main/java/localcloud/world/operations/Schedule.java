package localcloud.world.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** What is to happen when; things due at one instant happen in the order they were planned. */
public final class Schedule {
  private record Due(Instant when, long order, Runnable what) {}

  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparing(Due::when).thenComparing(Due::order));
  private Instant now;
  private long planned;

  public Schedule(Instant start) {
    now = start;
  }

  /** The instant of what is happening at present. */
  public Instant now() {
    return now;
  }

  /** Plans this for so long after what is happening at present. */
  public void in(Duration delay, Runnable what) {
    due.add(new Due(now.plus(delay), planned++, what));
  }

  /** Lets everything up to this instant happen, each thing at its own instant. */
  public void runUntil(Instant end) {
    for (Due next = due.peek(); next != null && !next.when.isAfter(end); next = due.peek()) {
      due.remove();
      now = next.when;
      next.what.run();
    }
    if (end.isAfter(now)) {
      now = end;
    }
  }
}
