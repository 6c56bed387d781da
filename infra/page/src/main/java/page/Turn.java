package page;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import page.Api.Asked;
import page.Api.Question;

/**
 * When one source is asked. First as fast as it goes, until all that is shown is there; then one
 * call in each of its pauses, or without pauses a whole round at each look.
 */
final class Turn {
  /** By whom questions are sent. */
  @FunctionalInterface
  interface Asking {
    Asked ask(List<Question> questions) throws InterruptedException;
  }

  private final Source source;
  private final Asking asking;
  private final Duration pause;
  private Instant next = Instant.MIN;
  private boolean complete;
  private boolean hurried;
  private @Nullable Trouble trouble;
  private @Nullable Instant since;
  private boolean failed;
  private @Nullable Asked asked;

  Turn(Source source, Asking asking, Duration pause) {
    this.source = source;
    this.asking = asking;
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

  /** Sends what it wants to know. */
  void ask(Instant now, Wishes wishes) throws InterruptedException {
    asked = asking.ask(source.ask(wishes, isFast() ? Integer.MAX_VALUE : 1));
    next = now.plus(pause);
  }

  /** Takes what is answered; waits for it. */
  void take(Instant now) throws InterruptedException {
    Asked answered = asked;
    if (answered == null) {
      return;
    }
    asked = null;
    try {
      source.take(answered.answers());
      trouble = null;
      since = null;
      failed = !isFast();
    } catch (Trouble told) {
      fail(told, now);
    } catch (IOException other) {
      fail(Trouble.of(String.valueOf(other.getMessage())), now);
    }
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
