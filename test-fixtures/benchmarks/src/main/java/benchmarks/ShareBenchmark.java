package benchmarks;

import benchmarks.ShareRuns.Deployer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What a deployment takes beyond the cloud's own operations, beside a script of gcloud commands.
 */
final class ShareBenchmark implements Benchmark {
  private static final int BRIEF = 1;
  private static final int SHORT = 5;
  private static final int MEDIUM = 30;
  private static final int LONG = 90;

  /**
   * Some for each of the boot times, that the moment of being good falls anywhere between two
   * looks.
   */
  private static final int ROUNDS = 6;

  private static final int BRIEF_ROUNDS = 9;
  private static final int FAR_ROUNDS = 4;

  /** Nearer to a region's truth than the local cloud's nothing. */
  private static final Duration LATENCY = Duration.ofMillis(40);

  /** By then the function does nothing but wait for its image; the script's comes later. */
  private static final int BESIDE_SECONDS = 12;

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
    ShareRuns runs = new ShareRuns();
    if (setting.quick()) {
      try (BriskCloud cloud = BriskCloud.in("brief", setting)) {
        besideNothing(cloud, BRIEF, runs);
      }
      return runs.section(BRIEF, BRIEF);
    }
    try (BriskCloud cloud = BriskCloud.in("usual", setting)) {
      cloud.imagesTake(BRIEF);
      cloud.deploy();
      cloud.imagesTake(MEDIUM);
      for (int i = 0; i < ROUNDS; i++) {
        besideTheScript(cloud, MEDIUM, runs);
        setting.out().println("images of " + MEDIUM + " s: " + (i + 1) + " of " + ROUNDS);
      }
      cloud.imagesTake(LONG);
      besideTheScript(cloud, LONG, runs);
      for (int i = 0; i < BRIEF_ROUNDS; i++) {
        besideNothing(cloud, SHORT, runs);
        setting.out().println("images of " + SHORT + " s: " + (i + 1) + " of " + BRIEF_ROUNDS);
      }
      cloud.imagesTake(SHORT, LATENCY);
      for (int i = 0; i < FAR_ROUNDS; i++) {
        fromAfar(cloud, runs);
        setting.out().println("calls of " + LATENCY.toMillis() + " ms: " + (i + 1));
      }
    }
    return runs.section(SHORT, MEDIUM);
  }

  /** Cold, warm and by script, one after the other. */
  private static void besideNothing(BriskCloud cloud, int seconds, ShareRuns runs)
      throws IOException, InterruptedException {
    cloud.imagesTake(seconds);
    cloud.chill();
    runs.add(Deployer.COLD, seconds, cloud.deploy());
    runs.add(Deployer.WARM, seconds, cloud.deploy());
    runs.add(Deployer.SCRIPT, seconds, cloud.deployByHand());
  }

  /** The same with a latency. */
  private static void fromAfar(BriskCloud cloud, ShareRuns runs)
      throws IOException, InterruptedException {
    cloud.chill();
    runs.add(Deployer.COLD_AFAR, SHORT, cloud.deploy());
    runs.add(Deployer.WARM_AFAR, SHORT, cloud.deploy());
    runs.add(Deployer.SCRIPT_AFAR, SHORT, cloud.deployByHand());
  }

  /** The two write different groups, and work at different times. */
  private static void besideTheScript(BriskCloud cloud, int seconds, ShareRuns runs)
      throws Exception {
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
}
