package localcloud.faults;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One fault, where and when it strikes, and what it has struck. Not safe for several threads. */
final class Rule {
  /** Of those, the last ones are kept to be shown. */
  private static final int SHOWN = 1000;

  /**
   * What never changes about it.
   *
   * @param name its own, or where it stands; the dice depend on it
   * @param patterns what each fact must look like; a fact that is not named may be anything
   */
  record Terms(
      String name, Place place, Map<String, Glob> patterns, Occasion occasion, Fault fault) {}

  private final Terms terms;
  private final Map<String, Long> asked = new HashMap<>();
  private final Deque<String> latest = new ArrayDeque<>();
  private long matched;
  private long struck;

  Rule(Terms terms) {
    this.terms = terms;
  }

  Terms terms() {
    return terms;
  }

  /** Counts this one if it matches, and tells whether it is its turn. */
  boolean isDue(Subject subject, Dice dice) {
    if (subject.place() != terms.place() || !matches(subject)) {
      return false;
    }
    long before = asked.merge(subject.identity(), 1L, Long::sum) - 1;
    matched++;
    double drawn = dice.draw(terms.name(), subject.identity(), before);
    return struck < terms.occasion().atMost() && terms.occasion().isDue(matched, drawn);
  }

  private boolean matches(Subject subject) {
    return terms.patterns().entrySet().stream()
        .allMatch(one -> one.getValue().matches(subject.fact(one.getKey())));
  }

  void strikes(Subject subject) {
    struck++;
    latest.addLast("#" + matched + " " + String.join(" ", subject.facts().values()).strip());
    if (latest.size() > SHOWN) {
      latest.removeFirst();
    }
  }

  /** How often it was asked about this identity. */
  long asked(String identity) {
    return asked.getOrDefault(identity, 0L);
  }

  long matched() {
    return matched;
  }

  long struck() {
    return struck;
  }

  List<String> latest() {
    return List.copyOf(latest);
  }

  /**
   * Something that a rule may strike.
   *
   * @param facts what is known of it, by the names of {@link Place#facts}
   * @param identity what the dice know it by; the same in a run that is repeated, so without a name
   *     that holds the time
   */
  record Subject(Place place, Map<String, String> facts, String identity) {
    /** Takes the facts in the order of {@link Place#facts}. */
    static Subject of(Place place, String identity, String... values) {
      Map<String, String> facts = new LinkedHashMap<>();
      for (int i = 0; i < values.length; i++) {
        facts.put(place.facts().get(i), values[i]);
      }
      return new Subject(place, facts, identity);
    }

    String fact(String name) {
      return facts.getOrDefault(name, "");
    }
  }
}
