package benchmarks;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import localcloud.events.InvokerCommand;

/** From a new invoker process to the first event's first outside call. */
final class ColdStartBenchmark implements Benchmark {
  private static final int RUNS = 31;
  private static final int QUICK_RUNS = 3;
  private static final double MOST_TIMES_EMPTY = 1.3;

  @Override
  public String name() {
    return "cold-start";
  }

  @Override
  public String question() {
    return "Cold start: from a new process to the first outside call";
  }

  /** A Java and an invoker. */
  private record Place(Jdk jdk, String invoker) {
    String words() {
      return "JDK " + jdk.version() + ", invoker " + invoker;
    }
  }

  /** What was measured at a place. */
  private record Starts(List<ColdStart.Times> empty, List<ColdStart.Times> slipway) {
    Starts() {
      this(new ArrayList<>(), new ArrayList<>());
    }

    double ratio() {
      return spread(slipway, ColdStart.Times::storage).median()
          / spread(empty, ColdStart.Times::storage).median();
    }
  }

  @Override
  public Section run(Setting setting) throws Exception {
    Map<Place, Starts> found = new LinkedHashMap<>();
    for (Jdk jdk : Jdk.all()) {
      List.of("1.4", "2.0").forEach(one -> found.put(new Place(jdk, one), new Starts()));
    }
    try (ColdStart cold = new ColdStart(setting.scratch())) {
      for (int run = 0; run < (setting.quick() ? QUICK_RUNS : RUNS); run++) {
        for (Map.Entry<Place, Starts> one : found.entrySet()) {
          Place place = one.getKey();
          one.getValue().empty().add(cold.run(empty(place, setting.root()), false));
          one.getValue().slipway().add(cold.run(slipway(place, setting.root()), true));
        }
      }
    }
    return new Section(List.of(table(found)), List.of(plot(found)), remarks(found));
  }

  private static Invoker.Plan slipway(Place place, Path root) {
    Path jar = root.resolve("function/target/deployment/slipway.jar");
    return new Invoker.Plan(
        java(place, InvokerCommand.QUICK_START),
        invoker(place, root),
        jar,
        "slipway.DeployFunction");
  }

  private static Invoker.Plan empty(Place place, Path root) throws URISyntaxException {
    var home = EmptyFunction.class.getProtectionDomain().getCodeSource().getLocation();
    Path classes = Path.of(home.toURI());
    return new Invoker.Plan(
        java(place, List.of()), invoker(place, root), classes, EmptyFunction.class.getName());
  }

  private static List<String> java(Place place, List<String> options) {
    List<String> java =
        // The collector that a JVM takes by itself in the 1 GiB that infra/ gives the function.
        new ArrayList<>(List.of(place.jdk().java(), "-Xmx512m", "-XX:+UseSerialGC"));
    java.addAll(options);
    return java;
  }

  private static Path invoker(Place place, Path root) {
    return root.resolve(
        "test-fixtures/local-cloud/target/invoker/invoker-" + place.invoker() + ".jar");
  }

  private static Spread spread(
      List<ColdStart.Times> times, ToDoubleFunction<ColdStart.Times> which) {
    return Spread.of(times.stream().mapToDouble(which).toArray());
  }

  private static Table table(Map<Place, Starts> found) {
    List<List<String>> rows = new ArrayList<>();
    found.forEach(
        (place, starts) ->
            rows.add(
                List.of(
                    place.words(),
                    spread(starts.empty(), ColdStart.Times::storage).text("s"),
                    spread(starts.slipway(), ColdStart.Times::storage).text("s"),
                    Spread.number(starts.ratio()),
                    spread(starts.slipway(), ColdStart.Times::compute).text("s"))));
    return new Table(
        "From the start of the process",
        List.of(
            "",
            "empty function, first call",
            "Slipway, first call",
            "times empty",
            "Slipway, first call to Compute Engine, after the proof"),
        rows);
  }

  private static Plot plot(Map<Place, Starts> found) {
    List<Bar> bars = new ArrayList<>();
    found.forEach(
        (place, starts) -> {
          bars.add(bar("empty, " + place.words(), starts.empty()));
          bars.add(bar("Slipway, " + place.words(), starts.slipway()));
        });
    return new Plot(
        "cold-start.svg",
        "Cold start, to the first outside call",
        "s",
        List.of("until it takes connections", "until its first call"),
        bars);
  }

  private static Bar bar(String label, List<ColdStart.Times> times) {
    double ready = spread(times, ColdStart.Times::ready).median();
    double call = spread(times, ColdStart.Times::storage).median();
    return new Bar(label, List.of(ready, Math.max(0, call - ready)));
  }

  private static List<String> remarks(Map<Place, Starts> found) {
    List<String> remarks = new ArrayList<>();
    remarks.add(
        "Slipway's JVM has the options that infra/ gives it, the empty function's none, as anybody's.");
    found.forEach(
        (place, starts) ->
            remarks.add(
                new Goal(
                        "Slipway's cold start beside the empty function's, " + place.words(),
                        starts.ratio(),
                        MOST_TIMES_EMPTY)
                    .sentence()));
    if (found.keySet().stream().noneMatch(place -> place.jdk().version() == 25)) {
      remarks.add("JDK 25 is not installed under /usr/lib/jvm, so it was not measured.");
    }
    return remarks;
  }
}
