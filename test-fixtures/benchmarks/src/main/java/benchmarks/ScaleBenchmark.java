package benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What many uploads at once, and many instances, cost the function and the local cloud. */
final class ScaleBenchmark implements Benchmark {
  @Override
  public String name() {
    return "scale";
  }

  @Override
  public String question() {
    return "Scale: many uploads at once, and a large fleet";
  }

  /** So many uploads to each of so many targets, each with one group of this size. */
  private record Load(int targets, int instances, int uploads) {
    String words() {
      int all = targets * uploads;
      return (all == 1 ? "1 upload" : all + " uploads")
          + (targets == 1 ? "" : " over " + targets + " targets")
          + ", groups of "
          + instances;
    }
  }

  @Override
  public Section run(Setting setting) throws Exception {
    List<Load> loads =
        setting.quick()
            ? List.of(new Load(1, 3, 1), new Load(2, 3, 2))
            : List.of(new Load(1, 3, 1), new Load(20, 3, 5), new Load(1, 1000, 1));
    Map<Load, Measured> found = new LinkedHashMap<>();
    for (Load load : loads) {
      found.put(load, measured(load, setting));
      setting.out().println(load.words() + ": " + found.get(load).numbers());
    }
    return new Section(List.of(table(found)), List.of(), remarks(found));
  }

  private static Measured measured(Load load, Setting setting)
      throws IOException, InterruptedException {
    return Child.measured(
        Child.command(
            List.of("-XX:+UseSerialGC"),
            ScaleProcess.class,
            setting.scratch().resolve(load.targets() + "-" + load.instances()).toString(),
            Integer.toString(load.targets()),
            Integer.toString(load.instances()),
            Integer.toString(load.uploads())));
  }

  private static Table table(Map<Load, Measured> found) {
    List<List<String>> rows = new ArrayList<>();
    found.forEach(
        (load, one) ->
            rows.add(
                List.of(
                    load.words(),
                    Spread.number(one.median("seconds")) + " s",
                    whole(one, "deployed"),
                    whole(one, "superseded"),
                    whole(one, "processes"),
                    whole(one, "function") + " MiB",
                    whole(one, "cloud") + " MiB",
                    whole(one, "heap") + " MiB")));
    return new Table(
        "From the first event to the last record",
        List.of(
            "",
            "time",
            "deployed",
            "superseded",
            "function's processes",
            "peak of the largest of them",
            "peak of the local cloud",
            "its heap at the end"),
        rows);
  }

  private static String whole(Measured one, String word) {
    return Long.toString(Math.round(one.median(word)));
  }

  private static List<String> remarks(Map<Load, Measured> found) {
    List<String> remarks = new ArrayList<>();
    remarks.add(
        "The events come at once. The function has up to four processes, each with a heap of at"
            + " most 512 MiB and one event at a time, as in the local cloud by itself; groups get a"
            + " canary of one and are held for 60 s of cloud time, which runs 25 times as fast as"
            + " the clock; groups of 3 get one instance more at a time, of 1000 half as many. Ends"
            + " are looked for once a second. Peaks are of the memory that Linux gave the process (VmHWM); the local"
            + " cloud's has what measures in it. A run counts only if each target ends with its"
            + " newest upload deployed, and every other upload deployed or superseded.");
    Measured least = found.values().iterator().next();
    found.forEach(
        (load, one) -> {
          if (one != least) {
            remarks.add(
                load.words()
                    + ", beside the first row: the function's memory "
                    + Spread.number(one.median("function") / least.median("function"))
                    + " times, the local cloud's "
                    + Spread.number(one.median("cloud") / least.median("cloud"))
                    + " times, the time "
                    + Spread.number(one.median("seconds") / least.median("seconds"))
                    + " times.");
          }
        });
    return remarks;
  }
}
