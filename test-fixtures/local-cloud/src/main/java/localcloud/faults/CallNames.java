package localcloud.faults;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import localcloud.compute.MethodNames;
import localcloud.storage.Route;

/**
 * What Google calls a call: for Compute Engine the names of its descriptors, such as Images.Insert,
 * for Cloud Storage and Cloud Monitoring the ids of their discovery documents, such as
 * storage.objects.insert.
 */
final class CallNames {
  private static final MethodNames COMPUTE = new MethodNames();

  private CallNames() {}

  /** The method; its verb and path if Google has none for them. */
  static String method(Call call) {
    return storage(call)
        .map(match -> match.route().id())
        .or(() -> monitoring(call).map(match -> match.route().id()))
        .or(() -> COMPUTE.of(call.verb(), call.path()))
        .orElse(call.verb() + " " + call.path());
  }

  /**
   * What it is about: of storage bucket and object, {@code <bucket>/<object>}, of a copy the new
   * one, of an upload the name in its query, since one in its body has not been read yet; of
   * Compute Engine and Cloud Monitoring the path after the version.
   */
  static String resource(Call call) {
    Optional<List<String>> found = storage(call).map(Route.Match::names);
    if (found.isEmpty()) {
      return call.path().replaceFirst("^/(compute/v1|v3)/", "");
    }
    List<String> names = found.get();
    if (names.size() == 1 && method(call).equals("storage.objects.insert")) {
      return names.get(0) + "/" + call.query().getOrDefault("name", "");
    }
    // The last two: before those of a copy stand its source's.
    return String.join("/", names.subList(Math.max(0, names.size() - 2), names.size()));
  }

  /** Refuses a pattern that no method fits: its rule would wait for ever. */
  static void require(String key, Glob pattern) throws BadFaults {
    Set<String> all = new TreeSet<>(COMPUTE.all());
    Arrays.stream(Route.values()).map(Route::id).forEach(all::add);
    Arrays.stream(localcloud.monitoring.Route.values())
        .map(localcloud.monitoring.Route::id)
        .forEach(all::add);
    if (all.stream().noneMatch(pattern::matches)) {
      throw new BadFaults(
          key, "a method of Google's, such as Images.Insert or storage.objects.*", pattern.text());
    }
  }

  private static Optional<localcloud.monitoring.Route.Match> monitoring(Call call) {
    return localcloud.monitoring.Route.find(call.verb(), call.path());
  }

  private static Optional<Route.Match> storage(Call call) {
    return Route.find(call.verb(), call.path());
  }
}
