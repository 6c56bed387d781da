package localcloud.faults;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Where a rule can strike, and what it may look at there. */
enum Place {
  CALL("method", "resource", "caller"),
  OPERATION("method", "target"),
  CREATION("instance", "zone", "group", "template"),
  /** An object was written. */
  EVENT("object"),
  /** The function is called with an event, be it for the first time or again. */
  DELIVERY("object"),
  MACHINE("instance", "template");

  private final List<String> facts;

  Place(String... facts) {
    this.facts = List.of(facts);
  }

  List<String> facts() {
    return facts;
  }

  static Set<String> words() {
    return Arrays.stream(values()).map(Place::word).collect(Collectors.toSet());
  }

  static Place of(String word) {
    return Place.valueOf(word.toUpperCase(Locale.ROOT));
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
