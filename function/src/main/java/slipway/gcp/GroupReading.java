package slipway.gcp;

import static java.util.stream.Collectors.toMap;

import com.google.cloud.compute.v1.FixedOrPercent;
import com.google.cloud.compute.v1.InstanceGroupManager;
import com.google.cloud.compute.v1.InstanceGroupManagerVersion;
import com.google.cloud.compute.v1.ManagedInstance;
import com.google.cloud.compute.v1.ManagedInstanceInstanceHealth;
import com.google.cloud.compute.v1.ManagedInstanceLastAttempt;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import slipway.rollout.Group;
import slipway.rollout.Instance;
import slipway.rollout.Instance.Health;
import slipway.rollout.Version;
import slipway.settings.GroupPath;
import slipway.settings.Size;
import slipway.settings.TemplatePath;

/** Compute's groups and instances in Slipway's words; the same for zonal and regional ones. */
final class GroupReading {
  private GroupReading() {}

  static Group group(GroupPath path, InstanceGroupManager group) {
    List<Version> versions = group.getVersionsList().stream().map(GroupReading::version).toList();
    return new Group(
        path,
        group.getFingerprint(),
        group.getTargetSize(),
        Math.max(1, group.getDistributionPolicy().getZonesCount()),
        versions.isEmpty() ? List.of(Version.rest(path(group.getInstanceTemplate()))) : versions,
        wanted(group),
        group.getStatus().getVersionTarget().getIsReached(),
        group.getStatus().getIsStable(),
        group.getAutoHealingPoliciesList().stream().anyMatch(policy -> policy.hasHealthCheck()),
        group.getUpdatePolicy().getReplacementMethod().equals("RECREATE"),
        group.getStatus().getStateful().getHasStatefulConfig());
  }

  private static Version version(InstanceGroupManagerVersion version) {
    TemplatePath template = path(version.getInstanceTemplate());
    if (!version.hasTargetSize()) {
      return Version.rest(template);
    }
    FixedOrPercent size = version.getTargetSize();
    return size.hasFixed() || size.hasPercent()
        ? new Version(
            template,
            new Size(size.hasPercent() ? size.getPercent() : size.getFixed(), size.hasPercent()))
        : Version.rest(template);
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
        path(instance.getVersion().getInstanceTemplate()),
        instance.getInstanceStatus().equals("RUNNING"),
        instance.getCurrentAction().equals("NONE"),
        instance.getCurrentAction().equals("RECREATING"),
        health(instance.getInstanceHealthList()),
        lastError(instance.getLastAttempt()));
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
