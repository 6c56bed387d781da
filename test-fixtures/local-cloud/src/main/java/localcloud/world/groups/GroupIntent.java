package localcloud.world.groups;

import com.google.cloud.compute.v1.FixedOrPercent;
import com.google.cloud.compute.v1.InstanceGroupManager;
import com.google.cloud.compute.v1.InstanceGroupManagerAutoHealingPolicy;
import com.google.cloud.compute.v1.InstanceGroupManagerUpdatePolicy;
import com.google.cloud.compute.v1.InstanceGroupManagerVersion;
import com.google.cloud.compute.v1.InstancePropertiesPatch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import localcloud.world.resources.Names;

/** What a group was asked to be, with Google's defaults filled in. */
public record GroupIntent(InstanceGroupManager asked) {

  public int target() {
    return asked.getTargetSize();
  }

  /**
   * How many instances of each version. A percentage is rounded up ("60% of a targetSize of 2 is
   * 2": terraform-provider-google's page on groups); the version without a size gets the rest.
   */
  List<RolloutPlan.Share> shares() {
    List<RolloutPlan.Share> shares = new ArrayList<>();
    int left = target();
    for (InstanceGroupManagerVersion version : asked.getVersionsList()) {
      if (version.hasTargetSize()) {
        int wanted = Math.min(left, sized(version.getTargetSize()));
        left -= wanted;
        shares.add(new RolloutPlan.Share(key(version), wanted));
      }
    }
    shares.add(new RolloutPlan.Share(rest(), left));
    return shares;
  }

  /** The version without a size of its own. */
  VersionKey rest() {
    return asked.getVersionsList().stream()
        .filter(version -> !version.hasTargetSize())
        .findFirst()
        .map(this::key)
        .orElseThrow();
  }

  int wanted(InstanceGroupManagerVersion version) {
    return wanted(key(version).bare());
  }

  private int wanted(VersionKey version) {
    return shares().stream()
        .filter(share -> share.version().bare().equals(version))
        .mapToInt(RolloutPlan.Share::wanted)
        .sum();
  }

  /**
   * The version of an instance that is made anew: its own, unless there are too many of that and
   * too few of another.
   *
   * @param own is one of all
   * @param all the versions of the group's instances, one for each
   */
  VersionKey next(VersionKey own, List<VersionKey> all) {
    List<VersionKey> bare = all.stream().map(VersionKey::bare).toList();
    VersionKey next = own.bare();
    if (Collections.frequency(bare, next) > wanted(next)) {
      List<VersionKey> named = shares().stream().map(share -> share.version().bare()).toList();
      VersionKey otherwise = named.contains(next) ? next : rest().bare();
      next =
          named.stream()
              .filter(version -> Collections.frequency(bare, version) < wanted(version))
              .findFirst()
              .orElse(otherwise);
    }
    return new VersionKey(next.template(), next.name(), overrides());
  }

  private int sized(FixedOrPercent size) {
    return size.hasPercent() ? count(size) : Math.min(size.getFixed(), target());
  }

  private VersionKey key(InstanceGroupManagerVersion version) {
    return new VersionKey(version.getInstanceTemplate(), version.getName(), overrides());
  }

  /** The all-instances configuration; empty if there is none. */
  InstancePropertiesPatch overrides() {
    return asked.getAllInstancesConfig().getProperties();
  }

  /** With another target size, and other sizes of those that stand by. */
  GroupIntent sized(int change, Rest kind, int more) {
    InstanceGroupManager.Builder next = asked.toBuilder().setTargetSize(target() + change);
    if (kind == Rest.SUSPENDED) {
      next.setTargetSuspendedSize(asked.getTargetSuspendedSize() + more);
    } else {
      next.setTargetStoppedSize(asked.getTargetStoppedSize() + more);
    }
    return new GroupIntent(next.build());
  }

  RolloutPlan.Bounds bounds() {
    InstanceGroupManagerUpdatePolicy policy = asked.getUpdatePolicy();
    return new RolloutPlan.Bounds(
        policy.getType().equals("PROACTIVE"),
        policy.getReplacementMethod().equals("RECREATE"),
        count(policy.getMaxSurge()),
        count(policy.getMaxUnavailable()));
  }

  /** A percentage is rounded up, so that it never comes to nothing (inferred). */
  int count(FixedOrPercent bound) {
    return bound.hasPercent()
        ? (int) Math.ceil(bound.getPercent() * target() / 100.0)
        : bound.getFixed();
  }

  /** How many instances are kept beside the target size, by what they do. */
  Map<Rest, Integer> standby() {
    return Map.of(
        Rest.SUSPENDED, asked.getTargetSuspendedSize(), Rest.STOPPED, asked.getTargetStoppedSize());
  }

  /** Whether it is to be kept even over its zones; only a regional group ever is. */
  boolean redistributes() {
    return asked.getUpdatePolicy().getInstanceRedistributionType().equals("PROACTIVE");
  }

  Optional<InstanceGroupManagerAutoHealingPolicy> healing() {
    return asked.getAutoHealingPoliciesList().stream()
        .filter(InstanceGroupManagerAutoHealingPolicy::hasHealthCheck)
        .findFirst();
  }

  boolean names(String template) {
    return asked.getVersionsList().stream()
        .anyMatch(version -> version.getInstanceTemplate().equals(template));
  }

  String fingerprint() {
    return Names.fingerprint(asked.toByteArray());
  }
}
