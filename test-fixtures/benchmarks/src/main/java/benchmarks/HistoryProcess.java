package benchmarks;

import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import localcloud.cli.SeededCloud;
import localcloud.clock.RunningClock;
import localcloud.events.FinalizeEvent;
import localcloud.http.CallLog.Call;
import tarballs.Kind;
import tarballs.SimulatedDisk;

/** A local cloud with a history, and a small function that sweeps and deploys there. */
public final class HistoryProcess {
  /** Of the cloud alone. */
  static final int SPEED = 20;

  private static final int MIB = 256;
  private static final int ROUNDS = 3;
  private static final double KIB = 1024;

  private final SeededCloud cloud;
  private final Invoker function;
  private final URI endpoint;
  private int uploads = 1;

  private HistoryProcess(SeededCloud cloud, Invoker function) {
    this.cloud = cloud;
    this.function = function;
    this.endpoint = endpoint(cloud);
  }

  /** Takes the checkout, a folder, and how many records, foreign images and targets there are. */
  public static void main(String[] args) throws Exception {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    Path folder = Files.createDirectories(Path.of(args[1]));
    int targets = Integer.parseInt(args[4]);
    try (SeededCloud cloud = new SeededCloud(folder.resolve("cloud"), SPEED)) {
      leave(cloud, Integer.parseInt(args[2]), Integer.parseInt(args[3]), targets);
      Optional<Cage> made = Cage.make(MIB, 1);
      List<String> java =
          Invoker.small(Path.of(System.getProperty("java.home"), "bin", "java").toString(), MIB);
      Invoker.Plan plan =
          new Invoker.Plan(
              made.map(cage -> cage.around(java)).orElse(java),
              Path.of(args[0], "test-fixtures/local-cloud/target/invoker/invoker-1.4.jar"),
              Path.of(args[0], "function/target/deployment/slipway.jar"),
              "slipway.DeployFunction");
      Map<String, String> settings = environment(cloud, targets);
      Path log = folder.resolve("invoker.log");
      try {
        // Each in a process of its own: what the first one needs is no deployment's.
        try (Invoker function = Invoker.start(plan, settings, log)) {
          function.awaitReady();
          new HistoryProcess(cloud, function).takeOver();
        }
        try (Invoker function = Invoker.start(plan, settings, log)) {
          function.awaitReady();
          new HistoryProcess(cloud, function).measure();
        }
      } finally {
        made.ifPresent(Cage::close);
      }
    }
  }

  /** What deployments before leave behind. */
  private static void leave(SeededCloud cloud, int records, int foreign, int targets)
      throws Exception {
    try (PastDeployments past = new PastDeployments(endpoint(cloud))) {
      past.records(records, targets);
      past.states(targets);
      String source = cloud.put("foreign.tar.gz", SimulatedDisk.healthy("foreign"));
      past.foreign(foreign, source);
    }
  }

  private static URI endpoint(SeededCloud cloud) {
    return URI.create(Objects.requireNonNull(cloud.environment(Map.of()).get("COMPUTE_ENDPOINT")));
  }

  /** No canary and no soak; the function's clock runs as ours. */
  private static Map<String, String> environment(SeededCloud cloud, int targets) {
    Map<String, String> environment = new HashMap<>(cloud.environment(Map.of()));
    environment.put(
        "TARGETS",
        IntStream.range(0, targets)
            .mapToObj(HistoryProcess::target)
            .collect(Collectors.joining(", ", "{", "}")));
    String now = RunningClock.startingNow(1).instant().toString();
    environment.put("CLOUD_CLOCK", cloud.clock().instant() + "@" + now + ",1");
    return environment;
  }

  private static String target(int number) {
    String name = PastDeployments.target(number);
    return String.format(
        Locale.ROOT,
        "\"%s\": {\"prefix\": \"%s-\", \"maxSurge\": \"3\", \"soakSeconds\": 1, \"keep\": 1,"
            + " \"canary\": {\"size\": \"0\"}, \"groups\":"
            + " [\"projects/demo/zones/us-west1-a/instanceGroupManagers/%s-group\"]}",
        name,
        name,
        name);
  }

  private void takeOver() throws Exception {
    sweep("takeover");
    Child.say("takeover-peak", Child.peakMib(function.pid()));
  }

  private void measure() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      sweep("sweep");
    }
    deploy(false);
    for (int round = 0; round < ROUNDS; round++) {
      deploy(true);
    }
    Child.say("peak", Child.peakMib(function.pid()));
  }

  private void sweep(String word) throws Exception {
    try (PastDeployments writer = new PastDeployments(endpoint)) {
      writer.object("mir-riseos", "handoff/sweep", "{}", "");
    }
    Instant begun = cloud.clock().instant();
    FinalizeEvent event = cloud.uploaded("handoff/sweep");
    Stopwatch watch = Stopwatch.start();
    requireAccepted(function.post(event).get());
    Child.say(word + "-seconds", watch.seconds());
    Child.say(word + "-calls", calls(begun).size());
    sayListed(word, calls(begun));
  }

  private void deploy(boolean told) throws Exception {
    String version = Integer.toString(++uploads);
    FinalizeEvent event =
        cloud.upload(
            "mir-riseos-" + version + ".tar.gz", Kind.SPARSE, SimulatedDisk.healthy(version));
    Instant begun = cloud.clock().instant();
    Stopwatch watch = Stopwatch.start();
    requireAccepted(function.post(event).get());
    double seconds = watch.seconds();
    JsonObject record = cloud.record(event);
    Fleet.requireDeployed(record);
    if (told) {
      List<Call> calls = calls(begun);
      Instant ended = Interval.time(record, "finishedAt");
      Child.say("deployment-seconds", seconds);
      Child.say("deployment-calls", Asked.between(begun, ended, calls).rest());
      sayListed("deployment", calls);
    }
  }

  private static void requireAccepted(int status) throws IOException {
    if (status >= 300) {
      throw new IOException("the function answered " + status);
    }
  }

  private List<Call> calls(Instant begun) {
    return cloud.calls().stream()
        .filter(call -> call.identity().equals("function") && !call.begun().isBefore(begun))
        .toList();
  }

  /** What the answers to these lists hold now; clients take them gzipped, as real clouds send. */
  private void sayListed(String word, List<Call> calls) throws IOException, InterruptedException {
    long bytes = 0;
    long sent = 0;
    for (Call call : calls) {
      if (call.method().equals("GET")
          && Asked.method(call).toLowerCase(Locale.ROOT).endsWith("list")) {
        URI same = URI.create(endpoint + call.path() + "?" + call.query());
        HttpRequest request = HttpRequest.newBuilder(same).build();
        byte[] body = HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray()).body();
        bytes += body.length;
        sent += gzipped(body);
      }
    }
    Child.say(word + "-kib", bytes / KIB);
    Child.say(word + "-sent-kib", sent / KIB);
  }

  private static int gzipped(byte[] body) throws IOException {
    ByteArrayOutputStream small = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(small)) {
      gzip.write(body);
    }
    return small.size();
  }
}
