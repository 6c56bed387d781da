package slipway.gcp;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import com.google.cloud.compute.v1.FixedOrPercent;
import com.google.cloud.compute.v1.InstanceGroupManager;
import com.google.cloud.compute.v1.InstanceGroupManagerAutoHealingPolicy;
import com.google.cloud.compute.v1.InstanceGroupManagerVersion;
import com.google.cloud.compute.v1.ManagedInstance;
import com.google.cloud.compute.v1.ManagedInstanceInstanceHealth;
import com.google.cloud.compute.v1.ManagedInstanceLastAttempt;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import slipway.rollout.Group;
import slipway.rollout.Instance;
import slipway.rollout.Instance.Action;
import slipway.rollout.Instance.Health;
import slipway.rollout.Instance.Status;
import slipway.rollout.Version;
import slipway.settings.GroupPath;
import slipway.settings.Size;
import slipway.settings.TemplatePath;

/** Compute's groups and instances in Slipway's words; the same for zonal and regional ones. */
final class GroupReading {
  private GroupReading() {}

  static Group group(GroupPath path, InstanceGroupManager group) {
    List<Version> versions = versions(group);
    return new Group(
        path,
        group.getFingerprint(),
        group.getTargetSize(),
        machines(path, group),
        versions,
        versions.get(0).asRest(),
        wanted(group),
        group.getStatus().getVersionTarget().getIsReached(),
        group.getStatus().getIsStable(),
        policies(group));
  }

  private static Group.Machines machines(GroupPath path, InstanceGroupManager group) {
    List<String> zones =
        group.getDistributionPolicy().getZonesList().stream()
            .map(zone -> last(zone.getZone()))
            .toList();
    return new Group.Machines(
        zones.isEmpty() ? List.of(path.place()) : zones,
        group.getInstanceFlexibilityPolicy().getInstanceSelectionsMap().values().stream()
            .flatMap(selection -> selection.getMachineTypesList().stream())
            .map(GroupReading::last)
            .collect(toSet()));
  }

  private static String last(String url) {
    return url.substring(url.lastIndexOf('/') + 1);
  }

  private static List<Version> versions(InstanceGroupManager group) {
    return group.getVersionsCount() == 0
        ? List.of(Version.rest(path(group.getInstanceTemplate())))
        : group.getVersionsList().stream().map(GroupReading::version).toList();
  }

  private static Group.Policies policies(InstanceGroupManager group) {
    List<InstanceGroupManagerAutoHealingPolicy> checks =
        group.getAutoHealingPoliciesList().stream().filter(one -> one.hasHealthCheck()).toList();
    int delay = checks.stream().mapToInt(one -> one.getInitialDelaySec()).max().orElse(0);
    return new Group.Policies(
        !checks.isEmpty(),
        Duration.ofSeconds(delay),
        group.getUpdatePolicy().getReplacementMethod().equals("RECREATE"),
        group.getUpdatePolicy().getType().equals("OPPORTUNISTIC"),
        group.getStatus().getStateful().getHasStatefulConfig(),
        false);
  }

  /** What most of these instances run; of as many the group's own version, else the first. */
  static Version serving(Version own, Iterable<ManagedInstance> instances) {
    Map<Version, Integer> counts = new LinkedHashMap<>();
    counts.put(own, 0);
    for (ManagedInstance one : instances) {
      if (one.getVersion().hasInstanceTemplate() && one.getInstanceStatus().equals("RUNNING")) {
        TemplatePath template = path(one.getVersion().getInstanceTemplate());
        counts.merge(
            new Version(template, name(one.getVersion().getName()), null), 1, Integer::sum);
      }
    }
    int most = Collections.max(counts.values());
    return counts.entrySet().stream()
        .filter(count -> count.getValue() == most)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(own);
  }

  /** Whether an instance selection names a boot disk; Google's clients know no such disks. */
  static boolean namesBootDisk(JsonObject group) {
    return group.get("instanceFlexibilityPolicy") instanceof JsonObject policy
        && policy.get("instanceSelections") instanceof JsonObject selections
        && selections.asMap().values().stream()
            .anyMatch(
                one ->
                    one instanceof JsonObject selection
                        && selection.get("disks") instanceof JsonArray disks
                        && disks.asList().stream().anyMatch(GroupReading::boots));
  }

  private static boolean boots(JsonElement disk) {
    return disk instanceof JsonObject one
        && one.get("boot") instanceof JsonPrimitive boot
        && boot.getAsBoolean();
  }

  private static Version version(InstanceGroupManagerVersion version) {
    TemplatePath template = path(version.getInstanceTemplate());
    FixedOrPercent size = version.getTargetSize();
    boolean sized = size.hasFixed() || size.hasPercent();
    return new Version(
        template,
        name(version.getName()),
        sized
            ? new Size(size.hasPercent() ? size.getPercent() : size.getFixed(), size.hasPercent())
            : null);
  }

  private static @Nullable String name(String name) {
    return name.isEmpty() ? null : name;
  }

  /** A version without a size shows only what it comes to. */
  private static Map<TemplatePath, Integer> wanted(InstanceGroupManager group) {
    return group.getVersionsList().stream()
        .collect(
            toMap(
                version -> path(version.getInstanceTemplate()),
                version -> version.getTargetSize().getCalculated(),
                Integer::sum));
  }

  static Instance instance(ManagedInstance instance) {
    return new Instance(
        partial(instance.getInstance()),
        instance.hasId() ? Long.toUnsignedString(instance.getId()) : null,
        path(instance.getVersion().getInstanceTemplate()),
        status(instance),
        action(instance),
        health(instance.getInstanceHealthList()),
        lastError(instance.getLastAttempt()));
  }

  /** A machine that ends by itself is about to be made anew, and is asleep until the group acts. */
  private static Status status(ManagedInstance instance) {
    boolean left = Set.of("NONE", "STOPPING", "SUSPENDING").contains(instance.getCurrentAction());
    return switch (instance.getInstanceStatus()) {
      case "RUNNING" -> Status.RUNNING;
      case "STOPPING", "STOPPED", "SUSPENDING", "SUSPENDED", "TERMINATED" ->
          left ? Status.ASLEEP : Status.OTHER;
      default -> Status.OTHER;
    };
  }

  private static Action action(ManagedInstance instance) {
    return switch (instance.getCurrentAction()) {
      case "NONE" -> Action.NONE;
      case "VERIFYING" -> Action.VERIFYING;
      case "RECREATING" -> Action.RECREATING;
      case "DELETING", "ABANDONING" -> Action.DELETING;
      default -> Action.OTHER;
    };
  }

  private static Health health(List<ManagedInstanceInstanceHealth> checks) {
    if (!checks.isEmpty()
        && checks.stream().allMatch(one -> one.getDetailedHealthState().equals("HEALTHY"))) {
      return Health.HEALTHY;
    }
    boolean failing =
        checks.stream()
            .map(ManagedInstanceInstanceHealth::getDetailedHealthState)
            .anyMatch(state -> state.equals("UNHEALTHY") || state.equals("TIMEOUT"));
    return failing ? Health.UNHEALTHY : Health.UNKNOWN;
  }

  private static @Nullable String lastError(ManagedInstanceLastAttempt attempt) {
    return attempt.getErrors().getErrorsList().stream()
        .map(error -> error.getCode() + ": " + error.getMessage())
        .findFirst()
        .orElse(null);
  }

  /** Of a full or partial URL. */
  static TemplatePath path(String url) {
    return new TemplatePath(partial(url));
  }

  private static String partial(String url) {
    int start = url.indexOf("projects/");
    return start < 0 ? url : url.substring(start);
  }
}
