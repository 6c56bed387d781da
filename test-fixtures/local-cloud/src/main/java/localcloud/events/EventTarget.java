package localcloud.events;

import java.io.IOException;

/** Whoever takes an event: the function. */
@FunctionalInterface
public interface EventTarget {
  /**
   * Hands the event over and returns the HTTP status of the answer.
   *
   * @throws IOException if there was no answer: connection refused or lost, or time over
   * @throws InterruptedException if the local cloud stops meanwhile
   */
  int post(FinalizeEvent event) throws IOException, InterruptedException;
}
