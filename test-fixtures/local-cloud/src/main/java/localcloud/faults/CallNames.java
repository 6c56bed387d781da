package localcloud.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import localcloud.compute.MethodNames;

/**
 * What Google calls a call: for Compute Engine the names of its descriptors, such as Images.Insert,
 * for Cloud Storage the ids of its discovery document, such as storage.objects.insert.
 */
final class CallNames {
  private static final MethodNames COMPUTE = new MethodNames();

  private static final String BUCKET = "/storage/v1/b/([^/]+)";
  private static final String OBJECT = BUCKET + "/o/([^/]+)";

  private record Shape(String verb, Pattern path, String method) {
    static Shape of(String verb, String path, String method) {
      return new Shape(verb, Pattern.compile(path), "storage." + method);
    }
  }

  private static final List<Shape> STORAGE =
      List.of(
          Shape.of("GET", "/storage/v1/b", "buckets.list"),
          Shape.of("POST", "/storage/v1/b", "buckets.insert"),
          Shape.of("GET", BUCKET, "buckets.get"),
          Shape.of("DELETE", BUCKET, "buckets.delete"),
          Shape.of("GET", BUCKET + "/storageLayout", "buckets.getStorageLayout"),
          Shape.of("GET", BUCKET + "/managedFolders", "managedFolders.list"),
          Shape.of("GET", BUCKET + "/o", "objects.list"),
          Shape.of("GET", "(?:/download)?" + OBJECT, "objects.get"),
          Shape.of("PATCH", OBJECT, "objects.patch"),
          Shape.of("DELETE", OBJECT, "objects.delete"),
          Shape.of("POST", OBJECT + "/compose", "objects.compose"),
          Shape.of("POST", "/storage/v1/b/.+/copyTo/b/([^/]+)/o/([^/]+)", "objects.copy"),
          Shape.of("POST", "/storage/v1/b/.+/rewriteTo/b/([^/]+)/o/([^/]+)", "objects.rewrite"),
          Shape.of("POST|PUT|DELETE", "(?:/resumable)?/upload" + BUCKET + "/o", "objects.insert"));

  private CallNames() {}

  /** The method; its verb and path if Google has none for them. */
  static String method(Call call) {
    return storage(call)
        .map(match -> match.shape().method())
        .or(() -> COMPUTE.of(call.verb(), call.path()))
        .orElse(call.verb() + " " + call.path());
  }

  /**
   * What it is about: of storage bucket and object, {@code <bucket>/<object>}, of a copy the new
   * one, of an upload the name in its query, since one in its body has not been read yet; of
   * Compute Engine the path after the version.
   */
  static String resource(Call call) {
    Optional<Match> storage = storage(call);
    if (storage.isEmpty()) {
      return call.path().replaceFirst("^/compute/v1/", "");
    }
    Matcher found = storage.get().matcher();
    String bucket = found.groupCount() > 0 ? unescaped(found.group(1)) : "";
    if (storage.get().shape().method().equals("storage.objects.insert")) {
      return bucket + "/" + call.query().getOrDefault("name", "");
    }
    return found.groupCount() > 1 ? bucket + "/" + unescaped(found.group(2)) : bucket;
  }

  /** Refuses a pattern that no method fits: its rule would wait for ever. */
  static void require(String key, Glob pattern) throws BadFaults {
    Set<String> all = new TreeSet<>(COMPUTE.all());
    all.addAll(STORAGE.stream().map(Shape::method).collect(Collectors.toSet()));
    if (all.stream().noneMatch(pattern::matches)) {
      throw new BadFaults(
          key, "a method of Google's, such as Images.Insert or storage.objects.*", pattern.text());
    }
  }

  private record Match(Shape shape, Matcher matcher) {}

  private static Optional<Match> storage(Call call) {
    for (Shape shape : STORAGE) {
      Matcher matcher = shape.path().matcher(call.path());
      if (call.verb().matches(shape.verb()) && matcher.matches()) {
        return Optional.of(new Match(shape, matcher));
      }
    }
    return Optional.empty();
  }

  private static String unescaped(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
  }
}
