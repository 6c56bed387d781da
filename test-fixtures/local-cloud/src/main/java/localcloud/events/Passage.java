package localcloud.events;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The way of an event from the bucket to the function.
 *
 * @param departures by object name, when each delivery of a new event begins, counted from now in
 *     cloud time; each of them is delivered until it is taken
 * @param open by object name, whether this delivery gets through; asked for each
 */
public record Passage(Function<String, List<Duration>> departures, Predicate<String> open) {
  /** Each event sets out once and at once, and gets through. */
  public static Passage free() {
    return new Passage(object -> List.of(Duration.ZERO), object -> true);
  }
}
