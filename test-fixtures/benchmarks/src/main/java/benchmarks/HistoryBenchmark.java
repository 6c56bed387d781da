package benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a deployment and a sweep cost where much was deployed before. */
final class HistoryBenchmark implements Benchmark {
  private static final double MOST = 1.1;

  @Override
  public String name() {
    return "history";
  }

  @Override
  public String question() {
    return "What does a deployment cost after 100,000 others?";
  }

  /**
   * What is there before.
   *
   * @param records of ended deployments
   * @param foreign as many images and as many templates that no target's deployment made
   * @param targets of the function, each with a state
   */
  private record Before(int records, int foreign, int targets) {
    String words() {
      return records + " records, " + foreign + " foreign, " + targets + " targets";
    }
  }

  private static List<Before> cases(boolean quick) {
    return quick
        ? List.of(new Before(0, 0, 1), new Before(300, 30, 20))
        : List.of(
            new Before(0, 0, 1),
            new Before(1_000, 0, 1),
            new Before(100_000, 0, 1),
            new Before(0, 5_000, 1),
            new Before(0, 0, 200),
            new Before(100_000, 5_000, 200));
  }

  @Override
  public Section run(Setting setting) throws Exception {
    Map<Before, Measured> found = new LinkedHashMap<>();
    for (Before before : cases(setting.quick())) {
      found.put(before, measured(before, setting));
      setting.out().println(before.words() + ": " + found.get(before).numbers());
    }
    return new Section(
        List.of(deployments(found), sweeps(found), takeovers(found)), List.of(), remarks(found));
  }

  private static Measured measured(Before before, Setting setting) throws Exception {
    return Child.measured(
        Child.command(
            List.of("-XX:+UseSerialGC", "-Xmx4g"),
            HistoryProcess.class,
            setting.root().toString(),
            setting.scratch().resolve(before.words().replaceAll("\\W+", "-")).toString(),
            Integer.toString(before.records()),
            Integer.toString(before.foreign()),
            Integer.toString(before.targets())));
  }

  private static Table deployments(Map<Before, Measured> found) {
    return table(
        "A deployment to a group of three, pruning included; calls without those to watch",
        found,
        Map.of(
            "calls", "deployment-calls",
            "KiB listed", "deployment-kib",
            "gzipped", "deployment-sent-kib",
            "time", "deployment-seconds",
            "function's process", "peak"));
  }

  private static Table sweeps(Map<Before, Measured> found) {
    return table(
        "A sweep",
        found,
        Map.of("calls", "sweep-calls", "KiB listed", "sweep-kib", "time", "sweep-seconds"));
  }

  private static Table takeovers(Map<Before, Measured> found) {
    return table(
        "The first sweep, which takes a project of an earlier version over",
        found,
        Map.of(
            "calls", "takeover-calls",
            "time", "takeover-seconds",
            "function's process", "takeover-peak"));
  }

  private static Table table(
      String caption, Map<Before, Measured> found, Map<String, String> columns) {
    List<String> names = columns.keySet().stream().sorted().toList();
    List<String> header = new ArrayList<>(List.of("before"));
    header.addAll(names);
    List<List<String>> rows = new ArrayList<>();
    found.forEach(
        (before, one) -> {
          List<String> row = new ArrayList<>(List.of(before.words()));
          for (String name : names) {
            row.add(one.of(columns.getOrDefault(name, "")).text(unit(name)));
          }
          rows.add(row);
        });
    return new Table(caption, header, rows);
  }

  private static String unit(String column) {
    return switch (column) {
      case "time" -> "s";
      case "function's process" -> "MiB";
      default -> "";
    };
  }

  private static List<String> remarks(Map<Before, Measured> found) {
    List<Measured> all = List.copyOf(found.values());
    Measured least = all.get(0);
    Measured most = all.get(all.size() - 1);
    List<String> remarks = new ArrayList<>();
    remarks.add(
        "The function is a process of 256 MiB as the platform's launcher starts it, in a control group"
            + " of that size and one core where one can be made; its clock runs as ours, the local"
            + " cloud's "
            + HistoryProcess.SPEED
            + " times as fast. Each deployment follows another one that it prunes, with keep 1. Listed is"
            + " what the answers to the same lists hold, asked again afterwards. Records and states are"
            + " those that an earlier version leaves; the first sweep takes them over, in a process of"
            + " its own.");
    remarks.add(goal("Calls of a deployment", "deployment-calls", least, most));
    remarks.add(goal("Calls of a sweep", "sweep-calls", least, most));
    remarks.add(goal("What a deployment lists", "deployment-kib", least, most));
    remarks.add(goal("The same, gzipped as it is sent", "deployment-sent-kib", least, most));
    remarks.add(goal("Time of a deployment", "deployment-seconds", least, most));
    remarks.add(goal("Time of a sweep", "sweep-seconds", least, most));
    remarks.add(goal("Memory of the function", "peak", least, most));
    return remarks;
  }

  private static String goal(String what, String word, Measured least, Measured most) {
    double ratio = most.median(word) / least.median(word);
    return new Goal(what + ", the most before to nothing before", ratio, MOST).sentence();
  }
}
