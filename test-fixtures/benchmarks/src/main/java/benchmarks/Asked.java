package benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import localcloud.http.CallLog.Call;

/**
 * What the function called during one deployment.
 *
 * @param byMethod how often, by Google's name of the method
 * @param pages how many of them asked for a further page
 * @param looks how many of them looked at the group during its rollout: with each list of its
 *     instances, without further pages, the group itself is asked for
 * @param progress how many wrote the record while the rollout was watched
 * @param watched how long the rollout was watched, in seconds of cloud time
 * @param busy when the function worked, by its calls: after {@link #APART} it is another of its own
 */
record Asked(
    Map<String, Integer> byMethod,
    int pages,
    int looks,
    int progress,
    double watched,
    List<Interval> busy) {
  private static final double MILLIS = 1000;

  /** Longer than it pauses between two looks. */
  private static final Duration APART = Duration.ofSeconds(20);

  private static final Pattern COMPUTE =
      Pattern.compile(
          "/compute/v1/projects/[^/]+/(?:global|zones/[^/]+|regions/[^/]+|(aggregated))"
              + "/([^/]+)(?:/[^/]+(?:/([^/]+))?)?");
  private static final Map<String, String> VERBS =
      Map.of("GET", "get", "POST", "insert", "PATCH", "patch", "DELETE", "delete");

  /** Counts the function's calls of a deployment that began and ended then. */
  static Asked between(Instant begun, Instant ended, List<Call> all) {
    List<Call> calls =
        all.stream()
            .filter(call -> call.identity().equals("function") && !call.begun().isBefore(begun))
            .toList();
    Map<String, Integer> byMethod = new TreeMap<>();
    calls.forEach(call -> byMethod.merge(method(call), 1, Integer::sum));
    Instant told = calls.stream().filter(Asked::isPatch).findFirst().orElseThrow().ended();
    List<Call> watching =
        calls.stream()
            .filter(call -> call.begun().isAfter(told) && call.begun().isBefore(ended))
            .toList();
    return new Asked(
        byMethod,
        count(calls, Asked::isPage),
        2 * count(watching, Asked::isLook),
        count(watching, Asked::isProgress),
        Duration.between(told, ended).toMillis() / MILLIS,
        busy(calls));
  }

  private static List<Interval> busy(List<Call> calls) {
    List<Interval> all = new ArrayList<>();
    for (Call call : calls.stream().sorted(Comparator.comparing(Call::begun)).toList()) {
      Interval last = all.isEmpty() ? null : all.get(all.size() - 1);
      if (last == null || call.begun().isAfter(last.to().plus(APART))) {
        all.add(new Interval(call.begun(), call.ended()));
      } else if (call.ended().isAfter(last.to())) {
        all.set(all.size() - 1, new Interval(last.from(), call.ended()));
      }
    }
    return all;
  }

  double busySeconds() {
    return busy.stream().mapToDouble(Interval::seconds).sum();
  }

  private static int count(List<Call> calls, Predicate<Call> wanted) {
    return (int) calls.stream().filter(wanted).count();
  }

  int total() {
    return byMethod.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Without what depends on how long the rollout takes and how many instances there are. */
  int rest() {
    return total() - pages - looks - progress;
  }

  double looksASecond() {
    return looks / watched;
  }

  int of(String method) {
    return byMethod.getOrDefault(method, 0);
  }

  private static boolean isPatch(Call call) {
    return method(call).equals("instanceGroupManagers.patch");
  }

  private static boolean isLook(Call call) {
    return !isPage(call) && method(call).equals("instanceGroupManagers.listManagedInstances");
  }

  private static boolean isProgress(Call call) {
    return call.method().equals("POST")
        && call.path().equals("/upload/storage/v1/b/mir-riseos-records/o");
  }

  private static boolean isPage(Call call) {
    return call.query().contains("pageToken=");
  }

  /** Such as {@code images.insert} or {@code storage.objects.get}. */
  static String method(Call call) {
    Matcher compute = COMPUTE.matcher(call.path());
    if (!compute.matches()) {
      return "storage." + storage(call);
    }
    String collection = compute.group(2);
    if (compute.group(1) != null) {
      return collection + ".aggregatedList";
    }
    if (compute.group(3) != null) {
      return collection + "." + compute.group(3);
    }
    boolean lists = call.method().equals("GET") && call.path().endsWith("/" + collection);
    return collection + "." + (lists ? "list" : VERBS.get(call.method()));
  }

  private static String storage(Call call) {
    String path = call.path();
    if (path.startsWith("/download/") || call.query().contains("alt=media")) {
      return "objects.get (content)";
    }
    if (path.contains("/rewriteTo/")) {
      return "objects.rewrite";
    }
    boolean lists = call.method().equals("GET") && path.endsWith("/o");
    return "objects." + (lists ? "list" : VERBS.get(call.method()));
  }
}
