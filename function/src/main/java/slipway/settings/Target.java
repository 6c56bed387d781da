package slipway.settings;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The groups that uploads of one name prefix are rolled out to, and how.
 *
 * @param name at most 35 characters, so that image and template names fit Compute's 63
 * @param prefix the start of the object names that belong to it; the longest match wins
 * @param groups the groups, each of which begins when the one before it is good
 * @param rolling how far a rollout may leave the group's target size
 * @param canary which instances come first
 * @param deadlines how long a rollout may take
 * @param maxDiskGib the largest disk accepted, in GiB, 1 to 64
 * @param keep how many of the newest good images stay, 1 to 100
 * @param signingKeys of which one must have signed an upload; empty if none has to
 * @param baseTemplate the template that is cloned, as a partial URL; null for the group's own
 * @param alarms the alert policies that a version is judged by beside its health; empty for none
 * @param unchecked whether the group may be without an autohealing health check
 * @param image what images of its uploads say of themselves
 */
public record Target(
    String name,
    String prefix,
    List<GroupPath> groups,
    Rolling rolling,
    Canary canary,
    Deadlines deadlines,
    int maxDiskGib,
    int keep,
    List<SigningKey> signingKeys,
    @Nullable TemplatePath baseTemplate,
    List<AlertPolicyPath> alarms,
    boolean unchecked,
    ImageSettings image) {

  /** With alarms no soak is shorter: metrics are minutes late. */
  public static final Duration LEAST_SOAK_WITH_ALARMS = Duration.ofSeconds(600);

  public Target {
    groups = List.copyOf(groups);
    signingKeys = List.copyOf(signingKeys);
    alarms = List.copyOf(alarms);
  }

  /** How long each step of a rollout soaks, by its key in the settings. */
  public Map<String, Duration> soaks() {
    return canary.size().value() == 0
        ? Map.of("soakSeconds", deadlines.soak())
        : Map.of("canary, soakSeconds", canary.soak(), "soakSeconds", deadlines.soak());
  }

  /**
   * The instances that show whether the others may follow.
   *
   * @param size how many; 0 for none. Groups of fewer than three instances have none
   * @param soak how long they must hold
   */
  public record Canary(Size size, Duration soak) {
    private static final int LEAST_GROUP = 3;

    /** Whether a group of this many instances gets one. */
    public boolean isFor(int targetSize) {
      boolean part = size.percent() ? size.value() < 100 : size.value() < targetSize;
      return targetSize >= LEAST_GROUP && size.value() > 0 && part;
    }
  }

  /**
   * Bounds of the group's size while it is rolled.
   *
   * @param maxSurge instances above the target size
   * @param maxUnavailable instances that may be missing from the target size
   */
  public record Rolling(Size maxSurge, Size maxUnavailable) {}

  /**
   * Bounds of a rollout's time.
   *
   * @param soak how long the new version must hold before it counts as good
   * @param progress the longest time without any progress
   * @param total the longest time of the whole rollout
   */
  public record Deadlines(Duration soak, Duration progress, Duration total) {}
}
