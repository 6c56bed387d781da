package slipway.settings;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The groups that uploads of one name prefix are rolled out to, and how.
 *
 * @param name at most 35 characters, so that image and template names fit Compute's 63
 * @param prefix the start of the object names that belong to it; the longest match wins
 * @param groups the groups, each of which begins when the one before it is good
 * @param rolling how far a rollout may leave the group's target size
 * @param steps which instances come first, and which next, until all follow; may be empty
 * @param approval whether a person must approve before all instances follow
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
    List<Step> steps,
    Approval approval,
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
    steps = List.copyOf(steps);
    signingKeys = List.copyOf(signingKeys);
    alarms = List.copyOf(alarms);
  }

  /** How long each step of a rollout soaks, and all of it, by its key in the settings. */
  public Map<String, Duration> soaks() {
    Map<String, Duration> soaks = new LinkedHashMap<>();
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).size().value() > 0) {
        String key = steps.size() == 1 ? "steps[0] or canary" : "steps[" + i + "]";
        soaks.put(key + ", soakSeconds", steps.get(i).soak());
      }
    }
    soaks.put("soakSeconds", deadlines.soak());
    return soaks;
  }

  /** What is cloned for a group of this template. */
  public TemplatePath baseOr(TemplatePath own) {
    return Objects.requireNonNullElse(baseTemplate, own);
  }

  /** Whether this is the last of its groups. */
  public boolean isLast(GroupPath group) {
    return group.equals(groups.get(groups.size() - 1));
  }

  /**
   * Instances that show whether the others may follow; the one step of a canary, or one of several.
   *
   * @param size how many have the new version then; 0 for none. Groups of fewer than three
   *     instances have no steps
   * @param soak how long they must hold, at most 48 hours
   */
  public record Step(Size size, Duration soak) {
    private static final int LEAST_GROUP = 3;

    /** Whether a group of this many instances gets it. */
    public boolean isFor(int targetSize) {
      boolean part = size.percent() ? size.value() < 100 : size.value() < targetSize;
      return targetSize >= LEAST_GROUP && size.value() > 0 && part;
    }
  }

  /**
   * Whether a person must approve of a version before all instances of the first group get it.
   *
   * @param within how long a deployment waits for that until it goes back
   */
  public record Approval(boolean required, Duration within) {
    /** Nobody is asked. */
    public static final Approval NONE = new Approval(false, Duration.ofDays(1));
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
