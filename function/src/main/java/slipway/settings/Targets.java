package slipway.settings;

import static java.util.stream.Collectors.joining;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All targets of this function.
 *
 * @param all in the order of the settings
 */
public record Targets(List<Target> all) {
  /** Takes a copy. */
  public Targets {
    all = List.copyOf(all);
  }

  /** The target with the longest prefix that this object name starts with. */
  public Optional<Target> forObject(String object) {
    return all.stream()
        .filter(target -> object.startsWith(target.prefix()))
        .max(Comparator.comparingInt(target -> target.prefix().length()));
  }

  /** The prefixes, for people: {@code "site-", "api-"}. */
  public String prefixes() {
    return all.stream().map(target -> '"' + target.prefix() + '"').collect(joining(", "));
  }
}
