package localcloud.world.autoscalers;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;

/** The highest of the sizes that were noted lately. */
final class Peak {
  private record Noted(Instant when, int size) {}

  private final Deque<Noted> noted = new ArrayDeque<>();

  void add(Instant now, int size) {
    noted.addLast(new Noted(now, size));
  }

  /** Of those noted at this instant or later; the others are forgotten. */
  OptionalInt since(Instant earliest) {
    noted.removeIf(one -> one.when.isBefore(earliest));
    return noted.stream().mapToInt(Noted::size).max();
  }
}
