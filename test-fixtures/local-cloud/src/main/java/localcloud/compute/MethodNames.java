package localcloud.compute;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Google's names of Compute Engine's methods, also of those that are not implemented here. */
public final class MethodNames {
  private final Routes routes = new Routes();

  /** The method that this call asks for, such as {@code Images.Insert}; empty if it is none. */
  public Optional<String> of(String verb, String path) {
    return routes.find(verb, path).map(match -> match.method().name());
  }

  /** Every name. */
  public Set<String> all() {
    return routes.methods().map(Method::name).collect(Collectors.toSet());
  }
}
