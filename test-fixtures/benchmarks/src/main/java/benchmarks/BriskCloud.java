package benchmarks;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import localcloud.cli.SeededCloud;
import localcloud.events.FinalizeEvent;
import localcloud.http.CallLog.Call;
import tarballs.Kind;
import tarballs.SimulatedDisk;

/** Deploys to a group of three whose machines start and stop within a second. */
final class BriskCloud implements AutoCloseable {
  private static final String GROUP = "/instanceGroupManagers/mir-riseos-group";
  private static final String WRITE_UP = "write-up";
  private static final String RECORDS = "/upload/storage/v1/b/mir-riseos-records/o";
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Duration QUIET = Duration.ofSeconds(1);
  private static final int MOST_BOOT = 4;
  private static final Duration LIMIT = Duration.ofMinutes(3);

  /** Nothing to wait for but the cloud. */
  private static final String TARGETS =
      """
      {"mir-riseos": {"prefix": "mir-riseos-", "maxSurge": "3", "canary": {"size": "0"}, "soakSeconds": 0,
        "groups": ["projects/demo/zones/us-west1-a/instanceGroupManagers/mir-riseos-group"]}}
      """;

  private final SeededCloud cloud;
  private final Path root;
  private final AtomicInteger versions = new AtomicInteger(1);
  private final AtomicInteger deployments = new AtomicInteger();

  private BriskCloud(Path folder, Path root) throws IOException, InterruptedException {
    cloud = SeededCloud.brisk(folder);
    this.root = root;
    cloud.startFunction(1, Map.of("TARGETS", TARGETS));
    cloud.create(
        "zones/us-west1-a/instanceGroupManagers",
        "{\"name\": \""
            + WRITE_UP
            + "\", \"baseInstanceName\": \""
            + WRITE_UP
            + "\", \"targetSize\": 3,"
            + " \"instanceTemplate\": \"global/instanceTemplates/mir-riseos-1\"}");
  }

  /** Starts one, with its files in a folder of this name. */
  static BriskCloud in(String folder, Setting setting) throws IOException, InterruptedException {
    return new BriskCloud(setting.scratch().resolve(folder), setting.root());
  }

  /** From now on, an image takes this long. */
  void imagesTake(int seconds) throws IOException, InterruptedException {
    strike(slow(seconds));
  }

  /** The same, and each call's answer comes this much later. */
  void imagesTake(int seconds, Duration latency) throws IOException, InterruptedException {
    strike(
        slow(seconds)
            + ",{'on':'call','do':'delay','delayMilliseconds':"
            + latency.toMillis()
            + "}");
  }

  private static String slow(int seconds) {
    return "{'on':'operation','method':'images.insert','do':'slow','seconds':" + seconds + "}";
  }

  private void strike(String rules) throws IOException, InterruptedException {
    cloud.strike("{'seed':1,'rules':[" + rules + "]}");
  }

  /** The function's process ends, so that the next upload meets a cold start. */
  void chill() throws IOException, InterruptedException {
    cloud.killFunction();
    while (!cloud.functionProcesses().isEmpty()) {
      pause(LOOK);
    }
  }

  /**
   * Uploads a version, and returns when it is deployed and the function has come to rest. The group
   * is good at another moment between two looks at it each time.
   */
  Split deploy() throws IOException, InterruptedException {
    int version = versions.incrementAndGet();
    FinalizeEvent event =
        cloud.upload(
            "mir-riseos-" + version + ".tar.gz",
            Kind.SPARSE,
            disk(version).bootingIn(deployments.getAndIncrement() % MOST_BOOT));
    JsonObject upload = JsonParser.parseString(event.body()).getAsJsonObject();
    Instant finalized = Interval.time(upload, "timeCreated");
    Instant patched = await(finalized, call -> isPatch(call, "function", GROUP)).begun();
    Instant good = awaitGood(event);
    Instant seen = await(good, BriskCloud::isLook).ended();
    Instant finished = awaitEnd(event);
    Instant written = await(finished.minusMillis(1), BriskCloud::isRecord).ended();
    Rest.await(cloud, QUIET);
    return Split.of(
        new Interval(finalized, patched),
        new Interval(good, seen),
        new Interval(seen, written),
        Interval.operations(cloud, link -> !link.contains(WRITE_UP)));
  }

  /** The same by the commands of the write-up, which look at nothing after their patch. */
  Split deployByHand() throws IOException, InterruptedException {
    int version = versions.incrementAndGet();
    String name = WRITE_UP + "-" + version;
    cloud.put(name + ".tar.gz", disk(version));
    ProcessBuilder script =
        new ProcessBuilder(
            root.resolve("test-fixtures/benchmarks/write-up").toString(),
            "gs://mir-riseos-private/" + name + ".tar.gz",
            name,
            WRITE_UP);
    script.environment().putAll(cloud.shell("owner"));
    script.redirectErrorStream(true);
    Instant begun = cloud.clock().instant();
    Process running = script.start();
    try (InputStream said = running.getInputStream()) {
      String text = new String(said.readAllBytes(), StandardCharsets.UTF_8);
      if (running.waitFor() != 0) {
        throw new IOException("write-up: " + text);
      }
    }
    Instant ended = cloud.clock().instant();
    Instant patched =
        await(begun, call -> isPatch(call, "owner", "/instanceGroupManagers/" + WRITE_UP)).begun();
    return Split.of(
        new Interval(begun, patched),
        new Interval(ended, ended),
        new Interval(patched, ended),
        Interval.operations(cloud, link -> link.contains(WRITE_UP)));
  }

  private static SimulatedDisk disk(int version) {
    return SimulatedDisk.healthy(Integer.toString(version));
  }

  /** The first call of this kind. */
  private Call await(Instant from, Predicate<Call> wanted)
      throws IOException, InterruptedException {
    Instant limit = limit();
    while (cloud.clock().instant().isBefore(limit)) {
      for (Call call : cloud.calls()) {
        if (!call.begun().isBefore(from) && wanted.test(call)) {
          return call;
        }
      }
      pause(LOOK);
    }
    throw new IOException("no such call within " + LIMIT.toSeconds() + " s");
  }

  /** When the group was last seen not to be good: the share is rather told too large. */
  private Instant awaitGood(FinalizeEvent event) throws IOException, InterruptedException {
    JsonObject group = cloud.record(event).getAsJsonArray("groups").get(0).getAsJsonObject();
    String link = group.get("newTemplate").getAsString();
    String template = link.substring(link.lastIndexOf('/') + 1);
    Instant limit = limit();
    Instant before = cloud.clock().instant();
    for (Instant now = before; now.isBefore(limit); now = cloud.clock().instant()) {
      if (cloud.serves(template)) {
        return before;
      }
      before = now;
      pause(LOOK);
    }
    throw new IOException("the group is not good within " + LIMIT.toSeconds() + " s");
  }

  private Instant awaitEnd(FinalizeEvent event) throws IOException, InterruptedException {
    Instant limit = limit();
    while (cloud.clock().instant().isBefore(limit)) {
      JsonObject record = cloud.record(event);
      JsonElement finished = record.get("finishedAt");
      if (!finished.isJsonNull()) {
        Fleet.requireDeployed(record);
        return Interval.time(record, "finishedAt");
      }
      pause(LOOK);
    }
    throw new IOException("not finished within " + LIMIT.toSeconds() + " s");
  }

  private Instant limit() {
    return cloud.clock().instant().plus(LIMIT);
  }

  void pause(Duration duration) throws InterruptedException {
    cloud.clock().sleepUntil(cloud.clock().instant().plus(duration));
  }

  private static boolean isPatch(Call call, String identity, String group) {
    return call.identity().equals(identity)
        && call.method().equals("PATCH")
        && call.path().endsWith(group);
  }

  private static boolean isLook(Call call) {
    return call.identity().equals("function") && call.path().endsWith("/listManagedInstances");
  }

  private static boolean isRecord(Call call) {
    return call.identity().equals("function") && call.path().startsWith(RECORDS);
  }

  @Override
  public void close() {
    cloud.close();
  }
}
