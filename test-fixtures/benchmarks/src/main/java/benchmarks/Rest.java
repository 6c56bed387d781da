package benchmarks;

import java.time.Duration;
import java.time.Instant;
import localcloud.cli.SeededCloud;

/** The function's rest: it prunes after a record's end, and nothing tells when it is done. */
final class Rest {
  private static final int LOOKS = 20;

  private Rest() {}

  /** Returns once the function has called nothing for so long, in cloud time. */
  static void await(SeededCloud cloud, Duration quiet) throws InterruptedException {
    Instant last = cloud.clock().instant();
    for (Instant now = last; now.isBefore(last.plus(quiet)); now = cloud.clock().instant()) {
      cloud.clock().sleepUntil(now.plus(quiet.dividedBy(LOOKS)));
      last =
          cloud.calls().stream()
              .filter(call -> call.identity().equals("function"))
              .map(call -> call.ended())
              .reduce(last, (one, other) -> one.isAfter(other) ? one : other);
    }
  }
}
