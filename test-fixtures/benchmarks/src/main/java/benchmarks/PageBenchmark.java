package benchmarks;

import com.google.gson.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import localcloud.access.Access;
import localcloud.cli.SeededCloud;
import localcloud.http.CallLog;
import localcloud.page.Tab;
import page.PageServer;

/** How soon the page of a large project shows it, and how often it asks for it then. */
final class PageBenchmark implements Benchmark {
  private static final double SOON = 2;
  private static final int MOST_CALLS = 30;

  /** What an answer of Google's takes; the local cloud's own takes a few milliseconds. */
  private static final int LATENCY_MILLIS = 40;

  private static final String OPEN = "deployments/site-001-9.tar.gz/1795354953000000.json";

  @Override
  public String name() {
    return "page";
  }

  @Override
  public String question() {
    return "How soon does the page show a large project?";
  }

  @Override
  public Section run(Setting setting) throws Exception {
    int targets = setting.quick() ? 3 : 50;
    int records = setting.quick() ? 300 : 10_000;
    int minutes = setting.quick() ? 1 : 2;
    try (SeededCloud cloud = SeededCloud.brisk(setting.scratch().resolve("cloud"))) {
      fill(cloud, targets, records);
      cloud.strike(
          "{'rules':[{'on':'call','do':'delay','delayMilliseconds':" + LATENCY_MILLIS + "}]}");
      return shown(cloud, targets, minutes);
    }
  }

  private static void fill(SeededCloud cloud, int targets, int records) throws Exception {
    for (int i = 1; i < targets; i++) {
      cloud.create(
          "zones/us-west1-a/instanceGroupManagers",
          String.format(
              Locale.ROOT,
              "{\"name\": \"%1$s-group\", \"baseInstanceName\": \"%1$s\", \"targetSize\": 20,"
                  + " \"instanceTemplate\": \"global/instanceTemplates/mir-riseos-1\"}",
              PastDeployments.target(i)));
    }
    try (PastDeployments past = new PastDeployments(URI.create(cloud.endpoint()))) {
      past.records(records, targets);
      past.states(targets);
      past.object("mir-riseos-records", OPEN, fields(), record());
      past.object(
          "mir-riseos-private",
          "open/site-001-20261122-134233-4f2a9c",
          "{\"object\": \"site-001-9.tar.gz\", \"generation\": \"1795354953000000\"}",
          "");
    }
  }

  private static String fields() {
    return "{\"id\": \"site-001-20261122-134233-4f2a9c\", \"target\": \"site-001\","
        + " \"stage\": \"rolling\", \"open\": \"true\", \"since\": \"2026-11-22T13:43:33Z\"}";
  }

  private static String record() {
    return "{\"schema\": 1, \"id\": \"site-001-20261122-134233-4f2a9c\", \"target\": \"site-001\","
        + " \"stage\": \"rolling\", \"stageAt\": \"2026-11-22T13:43:33Z\", \"finishedAt\": null,"
        + " \"groups\": [{\"group\":"
        + " \"projects/demo/zones/us-west1-a/instanceGroupManagers/site-001-group\","
        + " \"state\": \"rolling\"}]}";
  }

  private static Section shown(SeededCloud cloud, int targets, int minutes) throws Exception {
    ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor();
    Instant begun;
    Instant complete;
    double first;
    double all;
    try (PageServer page = PageServer.start(0, cloud.pageOf(Access.token("owner"), MOST_CALLS))) {
      looks.scheduleWithFixedDelay(page::look, 0, 200, TimeUnit.MILLISECONDS);
      begun = cloud.now();
      Stopwatch watch = Stopwatch.start();
      try (Tab tab = new Tab("http://localhost:" + page.port() + "/")) {
        tab.until(
            cells -> count(cells, "group/") == targets && count(cells, "target/") >= targets - 1);
        first = watch.seconds();
        tab.until(cells -> isWhole(cells, targets));
        all = watch.seconds();
        complete = cloud.now();
        while (cloud.now().isBefore(complete.plus(Duration.ofMinutes(minutes)))) {
          tab.step();
        }
      }
    } finally {
      looks.shutdownNow();
    }
    return section(cloud, begun, complete, new double[] {first, all});
  }

  private static boolean isWhole(Map<String, JsonObject> cells, int targets) {
    return count(cells, "group/") == targets
        && count(cells, "target/") == targets
        && count(cells, "deployments/") >= 200
        && count(cells, "instance/") == 20
        && cells.values().stream().noneMatch(PageBenchmark::isUntold)
        && cells.containsKey(OPEN);
  }

  /** Whether it is a target that says what serves, and not yet what was said of its build. */
  private static boolean isUntold(JsonObject cell) {
    return cell.has("serving")
        && cell.get("serving").isJsonObject()
        && cell.getAsJsonObject("serving").get("metadata").isJsonNull();
  }

  private static long count(Map<String, JsonObject> cells, String prefix) {
    return cells.keySet().stream().filter(key -> key.startsWith(prefix)).count();
  }

  private static Section section(
      SeededCloud cloud, Instant begun, Instant complete, double[] seconds) {
    List<Instant> calls =
        cloud.calls().stream().map(CallLog.Call::begun).filter(at -> !at.isBefore(begun)).toList();
    long before = calls.stream().filter(at -> !at.isAfter(complete)).count();
    List<Instant> after = calls.stream().filter(at -> at.isAfter(complete)).toList();
    long most =
        after.stream()
            .mapToLong(
                from ->
                    after.stream()
                        .filter(at -> !at.isBefore(from) && at.isBefore(from.plusSeconds(60)))
                        .count())
            .max()
            .orElse(0);
    List<String> row =
        List.of(
            Spread.of(seconds[0]).text("s"),
            Spread.of(seconds[1]).text("s"),
            Long.toString(before),
            Long.toString(most));
    List<String> remarks = new ArrayList<>();
    remarks.add(
        new Goal(
                "All of it is shown after " + Spread.number(seconds[1]) + " s, to 2 s",
                seconds[1] / SOON,
                1)
            .sentence());
    remarks.add(
        new Goal(
                "Calls in any minute after that, " + most + ", to 30",
                most / (double) MOST_CALLS,
                1)
            .sentence());
    remarks.add("Each answer comes " + LATENCY_MILLIS + " ms later than the local cloud gives it.");
    return new Section(
        List.of(
            new Table(
                "50 targets, a group of 20 each, 10,000 records, one deployment under way",
                List.of(
                    "groups and targets", "all", "calls until then", "most calls a minute later"),
                List.of(row))),
        List.of(),
        remarks);
  }
}
