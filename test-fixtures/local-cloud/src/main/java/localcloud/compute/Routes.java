package localcloud.compute;

import com.google.cloud.compute.v1.Compute;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Every method of Compute Engine v1, from Google's own descriptors, by verb and path. */
final class Routes {
  /** A method, and the request's fields that its path holds. */
  record Match(Method method, Map<String, String> fields) {}

  private final Map<String, List<Method>> byShape = new HashMap<>();

  Routes() {
    for (ServiceDescriptor service : Compute.getDescriptor().getServices()) {
      service.getMethods().stream().map(Method::of).flatMap(Optional::stream).forEach(this::add);
    }
  }

  private void add(Method method) {
    byShape
        .computeIfAbsent(shape(method.verb(), method.segments()), shape -> new ArrayList<>())
        .add(method);
  }

  /** The method with the fewest fields in its path wins: a literal name is more than any name. */
  Optional<Match> find(String verb, String path) {
    List<String> segments = Method.split(path);
    Optional<Match> best = Optional.empty();
    for (Method method : byShape.getOrDefault(shape(verb, segments), List.of())) {
      Optional<Match> match = method.match(segments).map(fields -> new Match(method, fields));
      if (match.isPresent()
          && (best.isEmpty() || match.get().fields().size() < best.get().fields().size())) {
        best = match;
      }
    }
    return best;
  }

  Stream<Method> methods() {
    return byShape.values().stream().flatMap(List::stream);
  }

  private static String shape(String verb, List<String> segments) {
    return verb + segments.size();
  }
}
