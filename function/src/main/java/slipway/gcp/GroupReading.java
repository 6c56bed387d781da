package slipway.gcp;

import com.google.cloud.compute.v1.InstanceGroupManager;
import com.google.cloud.compute.v1.InstanceGroupManagerVersion;
import com.google.cloud.compute.v1.ManagedInstance;
import com.google.cloud.compute.v1.ManagedInstanceInstanceHealth;
import com.google.cloud.compute.v1.ManagedInstanceLastAttempt;
import java.util.List;
import org.jspecify.annotations.Nullable;
import slipway.rollout.Group;
import slipway.rollout.Instance;
import slipway.rollout.Instance.Health;
import slipway.settings.GroupPath;

/** Compute's groups and instances in Slipway's words; the same for zonal and regional ones. */
final class GroupReading {
  private GroupReading() {}

  static Group group(GroupPath path, InstanceGroupManager group) {
    List<String> templates =
        group.getVersionsList().stream()
            .map(InstanceGroupManagerVersion::getInstanceTemplate)
            .map(GroupReading::path)
            .toList();
    return new Group(
        path,
        group.getFingerprint(),
        group.getTargetSize(),
        Math.max(1, group.getDistributionPolicy().getZonesCount()),
        templates.isEmpty() ? List.of(path(group.getInstanceTemplate())) : templates,
        group.getStatus().getVersionTarget().getIsReached(),
        group.getStatus().getIsStable(),
        group.getAutoHealingPoliciesList().stream().anyMatch(policy -> policy.hasHealthCheck()),
        group.getUpdatePolicy().getReplacementMethod().equals("RECREATE"));
  }

  static Instance instance(ManagedInstance instance) {
    return new Instance(
        Operations.lastPart(instance.getInstance()),
        path(instance.getVersion().getInstanceTemplate()),
        instance.getInstanceStatus().equals("RUNNING"),
        instance.getCurrentAction().equals("NONE"),
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

  /** {@code projects/P/.../instanceTemplates/T} of a full or partial URL. */
  private static String path(String url) {
    int start = url.indexOf("projects/");
    return start < 0 ? url : url.substring(start);
  }
}
