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

  /** Who deploys. */
  enum Deployer {
    COLD("Slipway, cold"),
    WARM("Slipway, warm"),
    SCRIPT("write-up of 2016");

    private final String words;

    Deployer(String words) {
      this.words = words;
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
    boolean watches = deployer != Deployer.SCRIPT;
    return List.of(
        deployer.words,
        seconds + " s",
        spread(seconds, deployer, Split::share).text("s"),
        spread(seconds, deployer, Split::before).text("s"),
        watches ? spread(seconds, deployer, Split::unseen).text("s") : "-",
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
    double unseen = spread(usual, Deployer.WARM, Split::unseen).median();
    return List.of(
        EXPLANATION,
        new Goal("Warm, to the cloud's operations" + images(usual), warm / cloud, 0.03).sentence()
            + " Without the time for which the group was good and not yet looked at, it is "
            + Spread.number((warm - unseen) / cloud)
            + " times: a group calls nobody when it is good, and one look in four seconds comes"
            + " two seconds late on average.",
        toTheScript(Deployer.WARM, usual, 0.1),
        toTheScript(Deployer.COLD, brief, 1.0 / 3));
  }

  private String toTheScript(Deployer deployer, int seconds, double most) {
    double patched =
        spread(seconds, deployer, Split::before).median()
            / spread(seconds, Deployer.SCRIPT, Split::before).median();
    double whole = share(seconds, deployer) / share(seconds, Deployer.SCRIPT);
    return new Goal(deployer.words + ", to the script, whole" + images(seconds), whole, most)
            .sentence()
        + " "
        + new Goal("Up to the patch, where the two do the same", patched, most).sentence();
  }

  private static String images(int seconds) {
    return ", with images of " + seconds + " s";
  }

  private static String percent(double ratio) {
    return String.format(Locale.ROOT, "%.1f%%", 100 * ratio);
  }
}
