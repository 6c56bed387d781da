package benchmarks;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import localcloud.cli.SeededCloud;
import localcloud.events.FinalizeEvent;
import localcloud.http.CallLog.Call;

/** How long a group of ten takes with one, three and ten instances more at a time. */
final class SurgeBenchmark implements Benchmark {
  /** The function's own work is not sped up, so that it weighs more than it would. */
  private static final int SPEED = 20;

  private static final int SIZE = 10;
  private static final int RUNS = 3;
  private static final Duration SOAK = Duration.ofSeconds(60);
  private static final Duration QUIET = Duration.ofSeconds(20);
  private static final List<String> PARTS =
      List.of("until the canary", "canary and its soak", "the other instances", "their soak");

  @Override
  public String name() {
    return "surge";
  }

  @Override
  public String question() {
    return "What do more instances at a time save?";
  }

  @Override
  public Section run(Setting setting) throws Exception {
    List<Fleet> fleets =
        (setting.quick() ? List.of("1", "10") : List.of("1", "3", "10"))
            .stream()
                .map(surge -> new Fleet("surge-" + surge, SIZE, surge, (int) SOAK.toSeconds()))
                .toList();
    Map<Fleet, List<List<Double>>> found = new LinkedHashMap<>();
    fleets.forEach(fleet -> found.put(fleet, new ArrayList<>()));
    try (SeededCloud cloud = new SeededCloud(setting.scratch().resolve("cloud"), SPEED)) {
      cloud.startFunction(1, Map.of("TARGETS", Fleet.targets(fleets)));
      for (Fleet fleet : fleets) {
        fleet.make(cloud);
      }
      // A cold function's start would be among the first one's seconds, twenty times as long.
      deploy(cloud, fleets.get(fleets.size() - 1), 2);
      for (int run = 0; run < (setting.quick() ? 1 : RUNS); run++) {
        for (Map.Entry<Fleet, List<List<Double>>> one : found.entrySet()) {
          one.getValue().add(deploy(cloud, one.getKey(), 3 + run));
          setting.out().println(one.getKey().surge() + " more: " + one.getValue());
        }
      }
    }
    return new Section(List.of(table(found)), List.of(plot(found)), remarks(found));
  }

  /** The seconds of each part. */
  private static List<Double> deploy(SeededCloud cloud, Fleet fleet, int version)
      throws IOException, InterruptedException {
    Instant begun = cloud.clock().instant();
    FinalizeEvent event = fleet.upload(cloud, version);
    JsonObject record = Fleet.ended(cloud, event);
    Fleet.requireDeployed(record);
    Instant finished = Interval.time(record, "finishedAt");
    List<Instant> patches =
        cloud.calls().stream()
            .filter(call -> isPatch(call, fleet) && !call.begun().isBefore(begun))
            .map(Call::begun)
            .toList();
    if (patches.size() != 2) {
      throw new IOException("expected a canary and the rest, found patches at " + patches);
    }
    Rest.await(cloud, QUIET);
    List<Instant> times =
        List.of(begun, patches.get(0), patches.get(1), finished.minus(SOAK), finished);
    return IntStream.range(0, PARTS.size())
        .mapToObj(i -> new Interval(times.get(i), times.get(i + 1)).seconds())
        .toList();
  }

  private static boolean isPatch(Call call, Fleet fleet) {
    return call.method().equals("PATCH")
        && call.path().endsWith("/instanceGroupManagers/" + fleet.name());
  }

  private static Spread part(List<List<Double>> runs, int part) {
    return Spread.of(runs.stream().map(run -> run.get(part)).toList());
  }

  private static Spread whole(List<List<Double>> runs) {
    return Spread.of(runs.stream().mapToDouble(SurgeBenchmark::sum).boxed().toList());
  }

  private static double sum(List<Double> parts) {
    return parts.stream().mapToDouble(Double::doubleValue).sum();
  }

  private static Table table(Map<Fleet, List<List<Double>>> found) {
    List<String> columns = new ArrayList<>(List.of("maxSurge", "upload to deployed"));
    columns.addAll(PARTS);
    List<List<String>> rows = new ArrayList<>();
    found.forEach(
        (fleet, runs) -> {
          List<String> row = new ArrayList<>(List.of(fleet.surge(), whole(runs).text("s")));
          for (int i = 0; i < PARTS.size(); i++) {
            row.add(Spread.number(part(runs, i).median()) + " s");
          }
          rows.add(row);
        });
    return new Table("A group of ten, medians of each part, in cloud time", columns, rows);
  }

  private static Plot plot(Map<Fleet, List<List<Double>>> found) {
    List<Bar> bars = new ArrayList<>();
    found.forEach(
        (fleet, runs) ->
            bars.add(
                new Bar(
                    fleet.surge() + " more at a time",
                    IntStream.range(0, PARTS.size())
                        .mapToObj(i -> part(runs, i).median())
                        .toList())));
    return new Plot(
        "surge.svg", "A deployment to a group of ten, by maxSurge", "seconds", PARTS, bars);
  }

  private static List<String> remarks(Map<Fleet, List<List<Double>>> found) {
    List<List<List<Double>>> all = List.copyOf(found.values());
    double most = whole(all.get(0)).median();
    double least = whole(all.get(all.size() - 1)).median();
    return List.of(
        "Simulated machines: 20 s until they run, 5 s more to boot, two health checks 5 s apart; their"
            + " connections drain for 10 s, and they stop in 10 s. Images take 30 s, a canary of one and"
            + " all others soak for 60 s each, which are the defaults. The clock runs "
            + SPEED
            + " times as fast as the system's.",
        "All ten at a time, to one at a time: "
            + Spread.number(least / most)
            + " times the whole, and "
            + Spread.number(
                part(all.get(all.size() - 1), 2).median() / part(all.get(0), 2).median())
            + " times the part in which the instances change.");
  }
}
