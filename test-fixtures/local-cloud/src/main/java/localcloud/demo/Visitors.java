package localcloud.demo;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import localcloud.assembly.Text;
import localcloud.balancer.Load;

/** Whoever uses the site while it is deployed: requests through the load balancer, all counted. */
final class Visitors {
  /** Half of them over connections that are kept. */
  private static final int PER_SECOND = 200;

  /** Of these so many take 2 s, so that some are under way whenever an instance goes. */
  private static final int SLOW_PER_SECOND = 5;

  private final Load load;

  private Visitors(Load load) {
    this.load = load;
  }

  /** They come from now on. */
  static Visitors of(int balancerPort) {
    URI site = URI.create("http://127.0.0.1:" + balancerPort);
    return new Visitors(
        Load.start(new Load.Plan(site, PER_SECOND - SLOW_PER_SECOND, SLOW_PER_SECOND)));
  }

  static String told() {
    return PER_SECOND
        + " requests a second through the load balancer, "
        + SLOW_PER_SECOND
        + " of them of 2 s";
  }

  /** Waits for the last answers. */
  Count leave() throws InterruptedException {
    return new Count(load.stop());
  }

  /** What they met. */
  record Count(Load.Result result) {
    /** In one line: how many, by version, and how many were lost. */
    String text() {
      List<String> parts = new ArrayList<>();
      result.byVersion().forEach((version, many) -> parts.add(many + " by " + version));
      return Text.of(
          "%d requests, %s, slowest %d ms: %d lost",
          result.sent(), String.join(", ", parts), millis(result.slowest()), result.failed());
    }

    /** Empty if every request was answered. */
    List<String> failures() {
      return result.failed() == 0
          ? List.of()
          : List.of(result.failed() + " requests were lost, such as " + result.reasons());
    }

    private static long millis(Duration duration) {
      return duration.toMillis();
    }
  }
}
