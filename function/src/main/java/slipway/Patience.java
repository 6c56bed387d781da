package slipway;

import java.time.Duration;
import java.util.List;
import slipway.deployment.Deployment;
import slipway.fault.Finding;
import slipway.fault.Misconfigured;
import slipway.record.DeploymentRecord;
import slipway.record.DeploymentRecord.Trouble;

/** For how long a deployment is tried that does not go on. */
final class Patience {
  /** The longest total deadline, a day, in calls of the shortest kind, with room to spare. */
  private static final int MOST_CALLS = 2000;

  /** What fails for so long without a step between will not pass by itself. */
  private static final Duration LONGEST_TROUBLE = Duration.ofHours(24);

  private Patience() {}

  static void requireFewCalls(DeploymentRecord record) {
    if (record.n() >= MOST_CALLS) {
      throw new Misconfigured(
          "too-many-calls",
          List.of(
              new Finding(
                  "the deployment", "an end within " + MOST_CALLS + " calls", "it unfinished")),
          "See in the log what each call did; then upload again.");
    }
  }

  static void requireMovement(Deployment deployment) {
    Trouble trouble = deployment.trouble();
    if (trouble != null
        && !deployment.time().now().isBefore(trouble.since().plus(LONGEST_TROUBLE))) {
      throw new Misconfigured(
          "stuck",
          List.of(
              new Finding(
                  "the deployment",
                  "progress within " + LONGEST_TROUBLE.toHours() + " hours",
                  "none since " + trouble.since() + ": " + trouble.reason())),
          "Fix the problem that the reason names; then upload again.");
    }
  }

  /** Whether what fails now has failed for longer than the target's progress deadline. */
  static boolean isOver(Deployment deployment) {
    Trouble trouble = deployment.trouble();
    Duration deadline = deployment.target().deadlines().progress();
    return trouble != null && !deployment.time().now().isBefore(trouble.since().plus(deadline));
  }
}
