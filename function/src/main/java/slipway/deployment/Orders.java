package slipway.deployment;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What people ask of a target: objects {@code orders/<target>/<kind>} in the private bucket. */
public interface Orders {
  /** The order of this kind; empty if there is none. */
  Optional<Order> find(String target, Kind kind);

  /** Of which kinds there is an order for the target now, by one list. */
  Set<Kind> kinds(String target);

  /** The URL of a hold at its place in earlier versions, {@code targets/<target>.hold}. */
  Optional<String> earlierHold(String target);

  /**
   * Moves all holds from their place in earlier versions to the one of now. Each is in one of them
   * all the time, and one that is let go meanwhile stays so.
   */
  void moveEarlierHolds();

  /** Where an order of this kind stands or would stand. */
  String url(String target, Kind kind);

  /** All orders for all targets to which no answer was written, by one list. */
  List<Order> unanswered();

  /** Writes beside the order, as {@code <order>.answer}, what became of it; twice is no harm. */
  void answer(Order order, String answer);

  /** What people can ask. */
  enum Kind {
    /** Nothing goes forward until the order is deleted. */
    HOLD,
    /** A deployment that waits for it may go on. */
    APPROVAL,
    /** What is under way goes back. */
    ABORT,
    /** An earlier version is deployed again. */
    ROLL_BACK;

    /** The object's name in the target's folder: in lower case with hyphens. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * An order as it was written.
   *
   * @param target the folder that it stands in
   * @param name the kind, or what somebody wrote in its place
   * @param url where it stands
   * @param generation of the object: written again, it is another order
   * @param timeCreated when it was written, by the bucket's clock
   * @param content without white space around it; of one longer than 1000 bytes, its length
   */
  record Order(
      String target,
      String name,
      String url,
      long generation,
      Instant timeCreated,
      String content) {}
}
