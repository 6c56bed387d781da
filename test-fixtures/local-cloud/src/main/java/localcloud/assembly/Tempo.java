package localcloud.assembly;

import java.time.Duration;
import localcloud.world.operations.Pace;

/**
 * How long everything takes that is a matter of settings.
 *
 * @param pace what Compute Engine takes
 * @param healthPath what the group's health check asks for
 * @param checkSeconds how often, and at most how long the answer may take
 * @param failures after how many in a row a machine counts as unhealthy, 1 to 10
 * @param drainSeconds how long an instance that shall go may finish what it has begun
 * @param surge how many instances a rollout may have above the group's size
 * @param canary how many instances get a new version first; 0 if all get it at once
 * @param soakSeconds how long the new version must hold
 */
public record Tempo(
    Pace pace,
    String healthPath,
    int checkSeconds,
    int failures,
    int drainSeconds,
    int surge,
    int canary,
    int soakSeconds) {

  /** As at Google by default, for a clock that runs faster. */
  public static Tempo usual() {
    return new Tempo(Pace.usual(), "/", 5, 2, 10, 1, 1, 60);
  }

  /** The same with soaks that are as long as alarms need. */
  public static Tempo alarmed() {
    return new Tempo(Pace.usual(), "/", 5, 2, 10, Names.GROUP_SIZE, 1, 600);
  }

  /**
   * With nothing to wait for but the machines: their time is the system's. Draining is longer than
   * the slowest request of the demo, which takes 2 s; and a busy computer that lets its machines
   * wait for seconds has them not all healed away.
   */
  static Tempo brisk() {
    Pace pace =
        new Pace(
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            // Real machines take their own time.
            Duration.ZERO,
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1));
    return new Tempo(pace, "/healthz", 1, 10, 4, Names.GROUP_SIZE, 0, 5);
  }
}
