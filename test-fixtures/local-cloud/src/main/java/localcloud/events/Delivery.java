package localcloud.events;

import com.google.api.services.storage.model.StorageObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import localcloud.clock.CloudClock;
import org.jspecify.annotations.Nullable;

/**
 * Delivers the finalize events of one bucket, each at least once and independently of the others:
 * whatever is not answered 2xx comes again (see {@link BackOff}). A pending event lives in a file
 * from before the upload is answered until the function has taken it.
 */
public final class Delivery implements AutoCloseable {
  private static final long CLOSE_SECONDS = 10;

  private final String bucket;
  private final KeptEvents kept;
  private final CloudClock clock;
  private final Passage passage;
  private @Nullable EventTarget target;
  private final Set<String> pending = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "event delivery");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Keeps the events in this folder and delivers nothing before {@link #start}.
   *
   * @param bucket the one bucket whose events are delivered
   */
  public Delivery(String bucket, Path folder, CloudClock clock) throws IOException {
    this(bucket, folder, clock, Passage.free());
  }

  /** The same over a passage on which events may be held up or lost. */
  public Delivery(String bucket, Path folder, CloudClock clock, Passage passage)
      throws IOException {
    this.bucket = bucket;
    this.kept = new KeptEvents(folder);
    this.clock = clock;
    this.passage = passage;
  }

  /** Delivers what an earlier run left, what came since, and what comes. */
  public synchronized void start(EventTarget function) throws IOException {
    target = function;
    for (PendingEvent event : kept.all()) {
      begin(event, function);
    }
  }

  /** Keeps an event for the written object and delivers it in the background. */
  public void finalized(StorageObject object) {
    if (!bucket.equals(object.getBucket())) {
      return;
    }
    try {
      PendingEvent first = PendingEvent.fresh(FinalizeEvent.of(object), clock.instant());
      List<Duration> departures = passage.departures().apply(object.getName());
      for (int copy = 0; copy < departures.size(); copy++) {
        take(first.copy(copy, departures.get(copy)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep the event of " + object.getName(), e);
    }
  }

  /** How many events the function has not taken yet. */
  public int pending() {
    return pending.size();
  }

  /** Stops delivering; what is pending stays in its files. */
  @Override
  public void close() {
    synchronized (this) {
      // An event that comes now is kept for the next start.
      target = null;
    }
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        log("event delivery did not stop within " + CLOSE_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void take(PendingEvent event) throws IOException {
    kept.keep(event);
    pending.add(event.key());
    EventTarget function = target;
    if (function != null) {
      begin(event, function);
    }
  }

  private void begin(PendingEvent event, EventTarget function) {
    pending.add(event.key());
    threads.execute(() -> deliver(event, function));
  }

  private void deliver(PendingEvent first, EventTarget function) {
    try {
      PendingEvent event = first;
      while (event != null) {
        clock.sleepUntil(event.due());
        event = attempt(event, function);
      }
      pending.remove(first.key());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      log("event of " + first.subject() + " waits for the next start: cannot keep it: " + e);
    }
  }

  /** Returns the event as it is to be delivered again, or null if it is done with. */
  private @Nullable PendingEvent attempt(PendingEvent event, EventTarget function)
      throws IOException, InterruptedException {
    if (BackOff.expired(event.since(), clock.instant())) {
      return drop(event);
    }
    String answer = post(event, function);
    if (answer.isEmpty()) {
      kept.forget(event);
      return null;
    }
    Instant now = clock.instant();
    PendingEvent again = event.failedAt(now);
    if (BackOff.expired(again.since(), again.due())) {
      return drop(again);
    }
    kept.keep(again);
    log("event of " + event.subject() + ": " + answer + "; delivered again at " + again.due());
    return again;
  }

  /** Returns what went wrong; nothing if the function took it. */
  private String post(PendingEvent event, EventTarget function) throws InterruptedException {
    if (!passage.open().test(event.object())) {
      return "the function could not be reached, by a fault that was asked for";
    }
    try {
      int status = function.post(event.event());
      return status >= 200 && status < 300 ? "" : "the function answered " + status;
    } catch (IOException e) {
      return "no answer from the function (" + e + ")";
    }
  }

  private @Nullable PendingEvent drop(PendingEvent event) throws IOException {
    kept.forget(event);
    log("event of " + event.subject() + " dropped 24 h after " + event.since() + " untaken");
    return null;
  }

  private static void log(String line) {
    System.err.println("local cloud: " + line);
  }
}
