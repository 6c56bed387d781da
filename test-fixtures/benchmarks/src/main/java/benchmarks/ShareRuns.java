package benchmarks;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** What deployments took beyond the cloud's own operations, by image time and deployer. */
final class ShareRuns {
  private static final String EXPLANATION =
      "A group of three whose machines start within seconds, no canary, no soak; the local cloud"
          + " runs as fast as the clock, and image creation takes 5, 30 and 90 s. Measured at the"
          + " local cloud: from the finalize event to the patch, and from the group's being good"
          + " to the written record, less the time in which an operation of the cloud was under"
          + " way. The script watches nothing and records nothing: after its patch it only waits"
          + " for that to be stored. Cold is a process that the event itself starts, warm a later"
          + " deployment by it.";

  private static final double MOST_UNSEEN = 0.5;

  /** Who deploys. */
  enum Deployer {
    COLD("Slipway, cold"),
    WARM("Slipway, warm"),
    SCRIPT("write-up of 2016"),
    COLD_AFAR("Slipway, cold, 40 ms a call"),
    WARM_AFAR("Slipway, warm, 40 ms a call"),
    SCRIPT_AFAR("write-up of 2016, 40 ms a call");

    private final String words;

    Deployer(String words) {
      this.words = words;
    }

    boolean watches() {
      return this != SCRIPT && this != SCRIPT_AFAR;
    }
  }

  private final Map<Integer, Map<Deployer, List<Split>>> all = new TreeMap<>();

  void add(Deployer deployer, int seconds, Split split) {
    all.computeIfAbsent(seconds, key -> new EnumMap<>(Deployer.class))
        .computeIfAbsent(deployer, key -> new ArrayList<>())
        .add(split);
  }

  Spread spread(int seconds, Deployer deployer, ToDoubleFunction<Split> part) {
    Map<Deployer, List<Split>> deployers = all.getOrDefault(seconds, Map.of());
    List<Split> splits = deployers.getOrDefault(deployer, List.of());
    return Spread.of(splits.stream().mapToDouble(part).toArray());
  }

  double share(int seconds, Deployer deployer) {
    return spread(seconds, deployer, Split::share).median();
  }

  Section section(int brief, int usual) {
    return new Section(List.of(table()), List.of(plot()), remarks(brief, usual));
  }

  private Table table() {
    List<List<String>> rows = new ArrayList<>();
    all.forEach(
        (seconds, deployers) ->
            deployers.forEach((deployer, splits) -> rows.add(row(seconds, deployer))));
    return new Table(
        "Share of a deployment beyond the cloud's operations, medians",
        List.of(
            "deployer",
            "image takes",
            "share",
            "to the patch",
            "good, not yet seen",
            "to the end",
            "cloud's operations",
            "share/cloud"),
        rows);
  }

  private List<String> row(int seconds, Deployer deployer) {
    double cloud = spread(seconds, deployer, Split::cloud).median();
    return List.of(
        deployer.words,
        seconds + " s",
        spread(seconds, deployer, Split::share).text("s"),
        spread(seconds, deployer, Split::before).text("s"),
        deployer.watches() ? spread(seconds, deployer, Split::unseen).text("s") : "-",
        spread(seconds, deployer, Split::after).text("s"),
        Spread.number(cloud) + " s",
        percent(share(seconds, deployer) / cloud));
  }

  private Plot plot() {
    List<Bar> bars = new ArrayList<>();
    all.forEach(
        (seconds, deployers) ->
            deployers
                .keySet()
                .forEach(
                    deployer ->
                        bars.add(
                            new Bar(
                                deployer.words + ", image " + seconds + " s",
                                List.of(
                                    spread(seconds, deployer, Split::before).median(),
                                    spread(seconds, deployer, Split::unseen).median(),
                                    spread(seconds, deployer, Split::after).median())))));
    return new Plot(
        "share.svg",
        "What a deployer adds to the cloud's operations",
        "seconds",
        List.of("to the patch", "good, not yet seen", "to the end"),
        bars);
  }

  private List<String> remarks(int brief, int usual) {
    double warm = share(usual, Deployer.WARM);
    double cloud = spread(usual, Deployer.WARM, Split::cloud).median();
    List<String> remarks =
        new ArrayList<>(
            List.of(
                EXPLANATION,
                new Goal("Warm, to the cloud's operations" + images(usual), warm / cloud, 0.025)
                    .sentence(),
                unseen(),
                new Goal(
                        "Slipway, warm, to the script, whole" + images(usual),
                        warm / share(usual, Deployer.SCRIPT),
                        0.18)
                    .sentence(),
                new Goal(
                        "Slipway, cold, to the script, up to the patch" + images(brief),
                        patched(brief, Deployer.COLD, Deployer.SCRIPT),
                        0.4)
                    .sentence()));
    if (all.getOrDefault(brief, Map.of()).containsKey(Deployer.WARM_AFAR)) {
      remarks.add(afar(brief));
    }
    return remarks;
  }

  /** Of all warm runs, however long their images took. */
  private String unseen() {
    double[] seconds =
        all.values().stream()
            .flatMap(deployers -> deployers.getOrDefault(Deployer.WARM, List.of()).stream())
            .mapToDouble(Split::unseen)
            .toArray();
    Spread spread = Spread.of(seconds);
    return "Good and not yet seen, all warm runs: "
        + spread.text("s")
        + "; the goal of at most 0.5 s in the median is "
        + (spread.median() <= MOST_UNSEEN ? "met." : "missed.");
  }

  private String afar(int seconds) {
    return "With 40 ms for each call, to the patch: Slipway warm "
        + Spread.number(patched(seconds, Deployer.WARM_AFAR, Deployer.SCRIPT_AFAR))
        + " and cold "
        + Spread.number(patched(seconds, Deployer.COLD_AFAR, Deployer.SCRIPT_AFAR))
        + " times the script.";
  }

  private double patched(int seconds, Deployer one, Deployer other) {
    return spread(seconds, one, Split::before).median()
        / spread(seconds, other, Split::before).median();
  }

  private static String images(int seconds) {
    return ", with images of " + seconds + " s";
  }

  private static String percent(double ratio) {
    return String.format(Locale.ROOT, "%.1f%%", 100 * ratio);
  }
}
