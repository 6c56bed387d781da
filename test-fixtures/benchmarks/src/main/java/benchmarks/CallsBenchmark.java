package benchmarks;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import localcloud.cli.SeededCloud;
import localcloud.events.FinalizeEvent;

/** What one deployment asks of Google, for fleets of different sizes. */
final class CallsBenchmark implements Benchmark {
  /**
   * The function's own work is not sped up: between its looks passes more cloud time than meant.
   */
  private static final int SPEED = 20;

  private static final Duration QUIET = Duration.ofSeconds(3);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration LONG = Duration.ofHours(1);
  private static final int LEAST = 3;

  private static final double MOST_A_SECOND = 0.5;

  @Override
  public String name() {
    return "calls";
  }

  @Override
  public String question() {
    return "How many calls does a deployment make?";
  }

  @Override
  public Section run(Setting setting) throws Exception {
    Map<String, Asked> asked = new LinkedHashMap<>();
    for (int size : setting.quick() ? List.of(LEAST, 100) : List.of(LEAST, 100, 1000)) {
      Asked one = deployment(new Fleet("fleet", size), SPEED, setting);
      asked.put(size + " instances", one);
      setting.out().println(size + " instances: " + one.total() + " calls");
    }
    List<Asked> brief = List.copyOf(asked.values());
    int speed = setting.quick() ? SPEED : 1;
    Asked watch =
        setting.quick() ? brief.get(0) : deployment(new Fleet("fleet", LEAST), speed, setting);
    if (!setting.quick()) {
      Fleet soaking = new Fleet("soaking", LEAST, "1", (int) LONG.toSeconds());
      asked.put("3 instances, an hour of soak", deployment(soaking, SPEED, setting));
    }
    return new Section(List.of(table(asked)), List.of(), remarks(brief, watch, speed));
  }

  private static Asked deployment(Fleet fleet, int speed, Setting setting)
      throws IOException, InterruptedException {
    Path folder = setting.scratch().resolve(fleet.name() + fleet.size() + "-" + speed);
    try (SeededCloud cloud = new SeededCloud(folder, speed)) {
      cloud.startFunction(1, Map.of("TARGETS", Fleet.targets(List.of(fleet))));
      fleet.make(cloud);
      return deployment(cloud, fleet, QUIET.multipliedBy(speed));
    }
  }

  private static Asked deployment(SeededCloud cloud, Fleet fleet, Duration quiet)
      throws IOException, InterruptedException {
    Instant begun = cloud.clock().instant();
    FinalizeEvent event = fleet.upload(cloud, 2);
    if (fleet.soakSeconds() > MINUTE.toSeconds()) {
      sweepUntilItEnds(cloud, event);
    }
    JsonObject record = Fleet.ended(cloud, event);
    Rest.await(cloud, quiet);
    Fleet.requireDeployed(record);
    Instant ended = Interval.time(record, "finishedAt");
    return Asked.between(begun, ended, cloud.calls());
  }

  /** As the scheduler does, each minute. */
  private static void sweepUntilItEnds(SeededCloud cloud, FinalizeEvent event)
      throws IOException, InterruptedException {
    while (!cloud.findRecord(event).map(Fleet::hasEnded).orElse(false)) {
      cloud.sweep();
      cloud.clock().sleepUntil(cloud.clock().instant().plus(MINUTE));
    }
  }

  private static Table table(Map<String, Asked> asked) {
    TreeSet<String> methods = new TreeSet<>();
    asked.values().forEach(one -> methods.addAll(one.byMethod().keySet()));
    List<List<String>> rows = new ArrayList<>();
    for (String method : methods) {
      rows.add(row(method, asked, one -> Integer.toString(one.of(method))));
    }
    rows.add(row("in all", asked, one -> Integer.toString(one.total())));
    rows.add(
        row("of them further pages of instances", asked, one -> Integer.toString(one.pages())));
    rows.add(row("of them to watch", asked, one -> Integer.toString(one.looks())));
    rows.add(row("of them to record progress", asked, one -> Integer.toString(one.progress())));
    rows.add(row("but for these three", asked, one -> Integer.toString(one.rest())));
    rows.add(row("watched for", asked, one -> Spread.number(one.watched()) + " s"));
    rows.add(row("to watch, a second", asked, one -> Spread.number(one.looksASecond())));
    rows.add(row("calls of the function", asked, one -> Integer.toString(one.busy().size())));
    rows.add(row("they take", asked, one -> Spread.number(one.busySeconds()) + " s"));
    List<String> columns = new ArrayList<>(List.of("method"));
    columns.addAll(asked.keySet());
    return new Table("Calls of one deployment, in cloud time", columns, rows);
  }

  private static List<String> row(
      String what, Map<String, Asked> asked, Function<Asked, String> cell) {
    List<String> row = new ArrayList<>(List.of(what));
    asked.values().forEach(one -> row.add(cell.apply(one)));
    return row;
  }

  private static List<String> remarks(List<Asked> asked, Asked watch, int speed) {
    int least = asked.stream().mapToInt(Asked::rest).min().orElseThrow();
    int greatest = asked.stream().mapToInt(Asked::rest).max().orElseThrow();
    return List.of(
        "One group; a canary of one and then the rest, each held for 60 s of cloud time, which runs "
            + SPEED
            + " times as fast as the clock; a group of 3 gets one instance more at a time, larger ones"
            + " half as many. Counted at the local cloud. A call of the function is taken to last as"
            + " long as its own calls follow each other within 20 s; a sweep each minute is one, too.",
        new Goal(
                    "Calls to watch a group of 3, to one a second",
                    watch.looksASecond(),
                    MOST_A_SECOND)
                .sentence()
            + " That was counted while cloud time ran "
            + (speed == 1 ? "as fast as the clock" : speed + " times as fast as the clock")
            + "; with the writes of progress it is "
            + Spread.number(watch.looksASecond() + watch.progress() / watch.watched())
            + ".",
        new Goal(
                "Calls but for these three, the most to the least of these fleets",
                (double) greatest / least,
                1)
            .sentence());
  }
}
