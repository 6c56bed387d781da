package benchmarks;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import localcloud.cli.SeededCloud;
import localcloud.events.FinalizeEvent;
import tarballs.Kind;
import tarballs.SimulatedDisk;

/** Starts invokers anew, each for one event, in front of a local cloud. */
final class ColdStart implements AutoCloseable {
  /** The function's time for one call is cloud time, and must not be used up on a slow machine. */
  private static final int SPEED = 10;

  private static final int PATIENCE_SECONDS = 120;

  private final Path folder;
  private final SeededCloud cloud;
  private final int port;
  private int count;

  /** Starts the local cloud. */
  ColdStart(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    this.cloud = new SeededCloud(Files.createDirectory(folder.resolve("cloud")), SPEED);
    String endpoint = cloud.environment(Map.of()).get("STORAGE_ENDPOINT");
    this.port = URI.create(Objects.requireNonNull(endpoint)).getPort();
  }

  /**
   * Seconds since the start of the process.
   *
   * @param ready it took connections, and got its event
   * @param storage its first call went out, to Cloud Storage
   * @param compute its first call to Compute Engine; -1 if there was none
   */
  record Times(double ready, double storage, double compute) {}

  /** One start with a tarball that was never seen before; the process is killed afterwards. */
  Times run(Invoker.Plan plan, boolean callsCompute)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    String version = Integer.toString(++count);
    FinalizeEvent event =
        cloud.upload(
            "mir-riseos-" + version + ".tar.gz", Kind.SPARSE, SimulatedDisk.healthy(version));
    Path log = folder.resolve("invoker.log");
    try (Relay storage = Relay.start(port);
        Relay compute = Relay.start(port)) {
      Map<String, String> environment =
          cloud.environment(
              Map.of("STORAGE_ENDPOINT", at(storage), "COMPUTE_ENDPOINT", at(compute)));
      Stopwatch watch = Stopwatch.start();
      CompletableFuture<Double> first = storage.called().thenApply(called -> watch.seconds());
      CompletableFuture<Double> second = compute.called().thenApply(called -> watch.seconds());
      try (Invoker invoker = Invoker.start(plan, environment, log)) {
        invoker.awaitReady();
        double ready = watch.seconds();
        CompletableFuture<Integer> answer = invoker.post(event);
        Times times = new Times(ready, await(first), callsCompute ? await(second) : -1);
        answer.cancel(true);
        return times;
      }
    }
  }

  private static double await(CompletableFuture<Double> seconds)
      throws InterruptedException, ExecutionException, TimeoutException {
    return seconds.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private static String at(Relay relay) {
    return "http://127.0.0.1:" + relay.port();
  }

  @Override
  public void close() {
    cloud.close();
  }
}
