package benchmarks;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import localcloud.cli.SeededCloud;
import localcloud.clock.RunningClock;
import localcloud.events.FinalizeEvent;

/** Deploys one tarball with a function that has little memory and CPU. */
final class SmallFunction {
  /** Of the cloud alone: the function's clock is the machine's, so that its calls are as long. */
  static final int CLOUD_SPEED = 20;

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final Pattern COLLECTION = Pattern.compile("(\\d+)M->\\d+M\\(\\d+M\\)");

  private final Path root;
  private final Path folder;

  SmallFunction(Path root, Path folder) {
    this.root = root;
    this.folder = folder;
  }

  /**
   * What it took.
   *
   * @param readySeconds from the start of the process until it takes connections
   * @param provenSeconds from its event until the proof is written down
   * @param totalSeconds from its event to its end
   * @param heapMib the most that the heap held when it was collected
   * @param peakMib the most memory that the process had in use
   */
  record Taken(
      double readySeconds,
      double provenSeconds,
      double totalSeconds,
      double heapMib,
      double peakMib) {}

  /** The command is java and its options, and what limits it. */
  Taken deploy(Path tarball, List<String> java)
      throws IOException, InterruptedException, ExecutionException {
    Path log = folder.resolve("invoker.log");
    Invoker.Plan plan =
        new Invoker.Plan(
            java,
            root.resolve("test-fixtures/local-cloud/target/invoker/invoker-1.4.jar"),
            root.resolve("function/target/deployment/slipway.jar"),
            "slipway.DeployFunction");
    try (SeededCloud cloud =
        new SeededCloud(Files.createDirectory(folder.resolve("cloud")), CLOUD_SPEED)) {
      FinalizeEvent event = cloud.upload(tarball);
      Stopwatch sinceStart = Stopwatch.start();
      try (Invoker invoker = Invoker.start(plan, environment(cloud), log)) {
        invoker.awaitReady();
        double ready = sinceStart.seconds();
        Stopwatch watch = Stopwatch.start();
        CompletableFuture<Integer> answer = invoker.post(event);
        double proven = -1;
        while (!answer.isDone()) {
          if (proven < 0 && !stage(cloud, event).matches("none|received")) {
            proven = watch.seconds();
          }
          LockSupport.parkNanos(LOOK_NANOS);
        }
        double total = watch.seconds();
        requireAccepted(answer.get(), log);
        requireDeployed(stage(cloud, event), log);
        return new Taken(ready, proven, total, heapMib(), Child.peakMib(invoker.pid()));
      }
    }
  }

  /** A JVM's option that writes down what {@link #deploy} reads. */
  String heapLog() {
    return "-Xlog:gc:file=" + folder.resolve("gc.log");
  }

  private double heapMib() throws IOException {
    return heapMib(Files.readString(folder.resolve("gc.log")));
  }

  /** The most that was found in use by a collection, which the JVM's log of them tells. */
  static double heapMib(String log) {
    return COLLECTION
        .matcher(log)
        .results()
        .mapToDouble(found -> Double.parseDouble(found.group(1)))
        .max()
        .orElse(0);
  }

  private static String stage(SeededCloud cloud, FinalizeEvent event)
      throws IOException, InterruptedException {
    return cloud.findRecord(event).map(record -> record.get("stage").getAsString()).orElse("none");
  }

  private static void requireAccepted(int status, Path log) throws IOException {
    if (status >= 300) {
      throw new IOException("the function answered " + status + ": " + Files.readString(log));
    }
  }

  private static void requireDeployed(String stage, Path log) throws IOException {
    if (!stage.equals("deployed")) {
      throw new IOException("expected a deployment, found " + stage + ": " + Files.readString(log));
    }
  }

  /**
   * As the local cloud says, but all at once and without long soaks, and with a clock that runs as
   * ours.
   */
  private static Map<String, String> environment(SeededCloud cloud) {
    Map<String, String> environment = new HashMap<>(cloud.environment(Map.of()));
    JsonObject targets =
        JsonParser.parseString(Objects.requireNonNull(environment.get("TARGETS")))
            .getAsJsonObject();
    for (String name : targets.keySet()) {
      JsonObject target = targets.getAsJsonObject(name);
      target.addProperty("maxSurge", "3");
      target.addProperty("soakSeconds", 1);
      target.getAsJsonObject("canary").addProperty("size", "0");
    }
    environment.put("TARGETS", targets.toString());
    String now = RunningClock.startingNow(1).instant().toString();
    environment.put("CLOUD_CLOCK", cloud.clock().instant() + "@" + now + ",1");
    return environment;
  }
}
