package page;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When one source is asked. First as fast as it goes, until all that is shown is there; then one
 * call in each of its pauses, or without pauses a whole round at each look.
 */
final class Turn {
  private final Source source;
  private final Duration pause;
  private Instant next = Instant.MIN;
  private boolean complete;
  private boolean hurried;
  private @Nullable Trouble trouble;
  private @Nullable Instant since;
  private boolean failed;

  Turn(Source source, Duration pause) {
    this.source = source;
    this.pause = pause;
  }

  /** Everything is to be read again, as fast as it goes. */
  void afresh() {
    complete = false;
    next = Instant.MIN;
  }

  /** Somebody opened something: what the round still wants comes at once. */
  void hurry() {
    hurried = true;
    next = Instant.MIN;
  }

  /** Begins the round of this look, if it is time for one. */
  void begin(Instant now, Wishes wishes) {
    failed = now.isBefore(next);
    if (!failed && (pause.isZero() || !complete || !source.wants(wishes))) {
      source.begin();
    }
  }

  /** Whether there is more to ask in this look. */
  boolean wants(Wishes wishes) {
    return !failed && source.wants(wishes);
  }

  void ask(Instant now, Wishes wishes) throws InterruptedException {
    boolean fast = isFast();
    try {
      source.ask(wishes, fast ? Integer.MAX_VALUE : 1);
      trouble = null;
      since = null;
      failed = !fast;
    } catch (Trouble told) {
      fail(told, now);
    } catch (IOException other) {
      fail(Trouble.of(String.valueOf(other.getMessage())), now);
    }
    next = now.plus(pause);
  }

  private void fail(Trouble told, Instant now) {
    trouble = told;
    since = since == null ? now : since;
    failed = true;
  }

  /** Ends a look in which nothing was left to ask. */
  void end() {
    complete = true;
    hurried = false;
  }

  private boolean isFast() {
    return pause.isZero() || !complete || hurried;
  }

  /** Its cells, and its trouble if it has any. */
  void fill(Wishes wishes, Map<String, JsonObject> cells) {
    source.fill(wishes, cells);
    if (trouble != null && since != null) {
      cells.put("trouble/" + trouble.source(source.name()), trouble.cell(since));
    }
  }
}
