package benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;

/**
 * What a deployment takes beyond the cloud's own operations, beside a script of gcloud commands.
 */
final class ShareBenchmark implements Benchmark {
  private static final int BRIEF = 1;
  private static final int SHORT = 5;
  private static final int MEDIUM = 30;
  private static final int LONG = 90;
  private static final int ROUNDS = 3;

  /** By then the function does nothing but wait for its image; the script's comes later. */
  private static final int BESIDE_SECONDS = 12;

  private static final String EXPLANATION =
      "A group of three whose machines start within seconds, no canary, no soak; the local cloud"
          + " runs as fast as the clock, and image creation takes 5, 30 and 90 s. Measured at the"
          + " local cloud: from the finalize event to the patch, and from the group's being good"
          + " to the written record, less the time in which an operation of the cloud was under"
          + " way. The script ends with its patch and watches nothing. Cold is a process that the"
          + " event itself starts, warm a later deployment by it.";

  @Override
  public String name() {
    return "share";
  }

  @Override
  public String question() {
    return "What does Slipway add to the cloud's own time?";
  }

  @Override
  public Section run(Setting setting) throws Exception {
    Runs runs = new Runs();
    if (setting.quick()) {
      try (BriskCloud cloud = BriskCloud.in("brief", setting)) {
        besideNothing(cloud, setting, BRIEF, 1, runs);
      }
      return runs.section(BRIEF, BRIEF);
    }
    ExecutorService beside = Executors.newSingleThreadExecutor();
    try (BriskCloud cloud = BriskCloud.in("short", setting);
        BriskCloud slow = BriskCloud.in("long", setting)) {
      Future<Runs> slowly = beside.submit(() -> longest(slow));
      cloud.imagesTake(MEDIUM);
      cloud.deploy();
      for (int i = 0; i < ROUNDS; i++) {
        besideTheScript(cloud, MEDIUM, runs);
        setting.out().println("images of " + MEDIUM + " s: " + (i + 1) + " of " + ROUNDS);
      }
      runs.add(slowly.get());
      besideNothing(cloud, setting, SHORT, ROUNDS, runs);
    } finally {
      beside.shutdownNow();
    }
    return runs.section(SHORT, MEDIUM);
  }

  private static Runs longest(BriskCloud cloud) throws Exception {
    Runs runs = new Runs();
    cloud.imagesTake(BRIEF);
    cloud.deploy();
    cloud.imagesTake(LONG);
    besideTheScript(cloud, LONG, runs);
    return runs;
  }

  /** Cold, warm and by script, one after the other. */
  private static void besideNothing(
      BriskCloud cloud, Setting setting, int seconds, int rounds, Runs runs)
      throws IOException, InterruptedException {
    cloud.imagesTake(seconds);
    for (int i = 0; i < rounds; i++) {
      cloud.chill();
      runs.add(Deployer.COLD, seconds, cloud.deploy());
      runs.add(Deployer.WARM, seconds, cloud.deploy());
      runs.add(Deployer.SCRIPT, seconds, cloud.deployByHand());
      setting.out().println("images of " + seconds + " s: " + (i + 1) + " of " + rounds);
    }
  }

  /** The two write different groups, and work at different times. */
  private static void besideTheScript(BriskCloud cloud, int seconds, Runs runs) throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<Split> script = thread.submit(() -> later(cloud));
      runs.add(Deployer.WARM, seconds, cloud.deploy());
      runs.add(Deployer.SCRIPT, seconds, script.get());
    } finally {
      thread.shutdownNow();
    }
  }

  private static Split later(BriskCloud cloud) throws Exception {
    cloud.pause(Duration.ofSeconds(BESIDE_SECONDS));
    return cloud.deployByHand();
  }

  /** Who deploys. */
  private enum Deployer {
    COLD("Slipway, cold"),
    WARM("Slipway, warm"),
    SCRIPT("write-up of 2016");

    private final String words;

    Deployer(String words) {
      this.words = words;
    }
  }

  /** All runs, by image time and deployer. */
  private static final class Runs {
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

    void add(Runs others) {
      others.all.forEach(
          (seconds, deployers) ->
              deployers.forEach(
                  (deployer, splits) -> splits.forEach(one -> add(deployer, seconds, one))));
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
              "to the record",
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
          watches ? spread(seconds, deployer, Split::after).text("s") : "-",
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
          List.of("to the patch", "good, not yet seen", "to the record"),
          bars);
    }

    private List<String> remarks(int brief, int usual) {
      double warm = share(usual, Deployer.WARM);
      double patched = spread(usual, Deployer.WARM, Split::before).median();
      double cloud = spread(usual, Deployer.WARM, Split::cloud).median();
      double unseen = spread(usual, Deployer.WARM, Split::unseen).median();
      double script = share(usual, Deployer.SCRIPT);
      double cold = spread(brief, Deployer.COLD, Split::before).median();
      return List.of(
          EXPLANATION,
          new Goal("Warm, to the cloud's operations" + images(usual), warm / cloud, 0.03).sentence()
              + " Without the time for which the group was good and not yet looked at, it is "
              + Spread.number((warm - unseen) / cloud)
              + " times: a group calls nobody when it is good, and one look in four seconds comes"
              + " two seconds late on average.",
          new Goal("Warm, to the script, to the patch" + images(usual), patched / script, 0.1)
                  .sentence()
              + " With the watch and the record, which the script leaves out, it is "
              + Spread.number(warm / script)
              + " times.",
          new Goal(
                  "Cold, to the script, to the patch" + images(brief),
                  cold / share(brief, Deployer.SCRIPT),
                  1.0 / 3)
              .sentence());
    }

    private static String images(int seconds) {
      return ", with images of " + seconds + " s";
    }

    private static String percent(double ratio) {
      return String.format(Locale.ROOT, "%.1f%%", 100 * ratio);
    }
  }
}
