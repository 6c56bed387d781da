package slipway.settings;

import static java.util.stream.Collectors.joining;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All targets of this function.
 *
 * @param all in the order of the settings
 */
public record Targets(List<Target> all) {
  public Targets {
    all = List.copyOf(all);
  }

  /** The target of this name; empty if there is none, or none is named. */
  public Optional<Target> named(@Nullable String name) {
    return all.stream().filter(target -> target.name().equals(name)).findFirst();
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
