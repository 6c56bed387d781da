package localcloud.faults;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * When a rule strikes, of all that it matches; always, if nothing is said.
 *
 * @param nth those of these numbers, counted from 1; empty if not asked for
 * @param every every so many; 0 if not asked for
 * @param probability from 0 to 1; empty if not asked for
 * @param atMost how often it strikes at most
 */
record Occasion(Set<Long> nth, long every, Optional<Double> probability, long atMost) {
  static Occasion read(Keys keys) throws BadFaults {
    Set<Long> nth = new HashSet<>();
    for (JsonElement number : list(keys.find("nth"))) {
      nth.add(Keys.whole(keys.name("nth"), number, Keys.Bounds.COUNT));
    }
    long every = keys.whole("every", Keys.Bounds.COUNT).orElse(0L);
    Optional<Double> probability = keys.probability("probability");
    int chosen = (nth.isEmpty() ? 0 : 1) + (every == 0 ? 0 : 1) + (probability.isEmpty() ? 0 : 1);
    if (chosen > 1) {
      throw new BadFaults(
          keys.name("nth"), "one of nth, every and probability", chosen + " of them");
    }
    long atMost = keys.whole("atMost", Keys.Bounds.COUNT).orElse(Long.MAX_VALUE);
    return new Occasion(nth, every, probability, atMost);
  }

  private static List<JsonElement> list(Optional<JsonElement> value) {
    if (value.isEmpty()) {
      return List.of();
    }
    return value.get() instanceof JsonArray array ? array.asList() : List.of(value.get());
  }

  /**
   * Whether it is the turn of this one.
   *
   * @param number how many the rule has matched, this one included
   * @param drawn from 0 up to 1
   */
  boolean isDue(long number, double drawn) {
    if (!nth.isEmpty()) {
      return nth.contains(number);
    }
    if (every > 0) {
      return number % every == 0;
    }
    return probability.isEmpty() || drawn < probability.get();
  }
}
