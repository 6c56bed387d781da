package localcloud.world.groups;

import com.google.cloud.compute.v1.FixedOrPercent;
import com.google.cloud.compute.v1.InstanceGroupManager;
import com.google.cloud.compute.v1.InstanceGroupManagerAutoHealingPolicy;
import com.google.cloud.compute.v1.InstanceGroupManagerVersion;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import localcloud.world.healthchecks.HealthChecks;
import localcloud.world.places.Scope;
import localcloud.world.refusals.Refusals;
import localcloud.world.resources.Names;
import localcloud.world.resources.Sizes;
import localcloud.world.templates.Templates;

/** What may be asked of a group, and what it then is: Google's discovery document. */
public final class GroupRules {
  private static final Set<String> KEPT =
      Set.of(
          "allInstancesConfig",
          "autoHealingPolicies",
          "baseInstanceName",
          "description",
          "distributionPolicy",
          "instanceFlexibilityPolicy",
          "instanceTemplate",
          "listManagedInstancesResults",
          "name",
          "namedPorts",
          "standbyPolicy",
          "targetSize",
          "targetStoppedSize",
          "targetSuspendedSize",
          "updatePolicy",
          "versions");

  /** Set by Google whatever is asked; zone and region are the path's. */
  private static final Set<String> OUTPUT =
      Set.of(
          "creationTimestamp",
          "currentActions",
          "fingerprint",
          "id",
          "instanceGroup",
          "kind",
          "region",
          "selfLink",
          "status",
          "zone");

  /** MIGs hold at most 1000 machines by default. */
  private static final int MOST = 1000;

  private final Templates templates;
  private final HealthChecks checks;
  private final DistributionRules distribution;

  GroupRules(Templates templates, HealthChecks checks, DistributionRules distribution) {
    this.templates = templates;
    this.checks = checks;
    this.distribution = distribution;
  }

  /**
   * The intent, with references made full links and defaults filled in; output fields dropped.
   *
   * @param home the zone or region of the group
   */
  GroupIntent complete(Scope home, InstanceGroupManager asked) {
    Names.check("resource.name", asked.getName());
    InstanceGroupManager.Builder intent = keep(asked);
    if (!intent.hasBaseInstanceName()) {
      intent.setBaseInstanceName(asked.getName());
    }
    Names.checkBase("resource.baseInstanceName", intent.getBaseInstanceName());
    if (!asked.hasTargetSize() || asked.getTargetSize() < 0 || asked.getTargetSize() > MOST) {
      throw Refusals.invalid(
          "resource.targetSize",
          String.valueOf(asked.getTargetSize()),
          "Must be between 0 and " + MOST + ", inclusive.");
    }
    standby(intent);
    Names.checkLabels(
        "resource.allInstancesConfig.properties.labels",
        intent.getAllInstancesConfig().getProperties().getLabelsMap());
    versions(home, intent);
    healing(intent);
    distribution.complete(home, intent);
    intent.setUpdatePolicy(UpdatePolicyRules.complete(asked.getUpdatePolicy(), intent));
    return new GroupIntent(intent.build());
  }

  /** Discovery: "1-58 characters"; hashes at its end stand for digits. */
  private static InstanceGroupManager.Builder keep(InstanceGroupManager asked) {
    InstanceGroupManager.Builder intent = asked.toBuilder();
    for (FieldDescriptor field : asked.getAllFields().keySet()) {
      if (OUTPUT.contains(field.getJsonName())) {
        intent.clearField(field);
      }
    }
    if (intent.getListManagedInstancesResults().isEmpty()) {
      intent.setListManagedInstancesResults("PAGELESS");
    }
    UpdatePolicyRules.expect(
        "listManagedInstancesResults",
        intent.getListManagedInstancesResults(),
        Set.of("PAGELESS", "PAGINATED"));
    if (intent.getResourcePolicies().getAllFields().isEmpty()) {
      intent.clearResourcePolicies();
    }
    Names.refuseOthers(Names.said(intent.build()), KEPT, "instanceGroupManager.");
    return intent;
  }

  private static void standby(InstanceGroupManager.Builder intent) {
    if (intent.getTargetStoppedSize() < 0 || intent.getTargetSuspendedSize() < 0) {
      throw Refusals.invalid("resource.targetStoppedSize", "", "Sizes must not be negative.");
    }
    String mode = intent.getStandbyPolicy().getMode();
    if (!mode.isEmpty() && !mode.equals("MANUAL")) {
      throw Refusals.notModelled("the standbyPolicy.mode '" + mode + "'");
    }
  }

  private void versions(Scope home, InstanceGroupManager.Builder intent) {
    if (intent.getVersionsCount() == 0) {
      intent.addVersions(
          InstanceGroupManagerVersion.newBuilder()
              .setInstanceTemplate(intent.getInstanceTemplate()));
    }
    for (InstanceGroupManagerVersion.Builder version : intent.getVersionsBuilderList()) {
      if (version.getInstanceTemplate().isEmpty()) {
        throw Refusals.required("resource.instanceTemplate");
      }
      version.setInstanceTemplate(
          templates.usable(version.getInstanceTemplate(), home).getSelfLink());
      targetSize(version);
    }
    check(intent.getVersionsList());
    intent.setInstanceTemplate(
        intent.getVersionsList().stream()
            .filter(version -> !version.hasTargetSize())
            .findFirst()
            .orElseThrow()
            .getInstanceTemplate());
  }

  /** gcloud sends back what it read: a size that holds no more than "calculated" is none. */
  private static void targetSize(InstanceGroupManagerVersion.Builder version) {
    FixedOrPercent size = version.getTargetSize();
    if (size.hasFixed() || size.hasPercent()) {
      Sizes.check("resource.versions.targetSize", size);
      version.setTargetSize(size.toBuilder().clearCalculated());
    } else {
      version.clearTargetSize();
    }
  }

  private static void check(List<InstanceGroupManagerVersion> versions) {
    if (versions.stream().filter(version -> !version.hasTargetSize()).count() != 1) {
      throw Refusals.invalid(
          "resource.versions", "", "Exactly one version must leave targetSize unset.");
    }
    Set<VersionKey> seen = new HashSet<>();
    Set<String> names = new HashSet<>();
    for (InstanceGroupManagerVersion version : versions) {
      boolean named = !version.getName().isEmpty();
      VersionKey key = new VersionKey(version.getInstanceTemplate(), version.getName());
      if (!seen.add(key) || named && !names.add(version.getName())) {
        throw Refusals.invalid(
            "resource.versions", version.getName(), "Each version's name must be unique.");
      }
    }
  }

  private void healing(InstanceGroupManager.Builder intent) {
    if (intent.getAutoHealingPoliciesCount() > 1) {
      throw Refusals.invalid(
          "resource.autoHealingPolicies", "", "At most one autohealing policy is allowed.");
    }
    for (InstanceGroupManagerAutoHealingPolicy.Builder policy :
        intent.getAutoHealingPoliciesBuilderList()) {
      if (policy.getInitialDelaySec() < 0 || policy.getInitialDelaySec() > 3600) {
        throw Refusals.invalid(
            "resource.autoHealingPolicies[0].initialDelaySec",
            String.valueOf(policy.getInitialDelaySec()),
            "Must be between 0 and 3600, inclusive.");
      }
      if (policy.hasHealthCheck()) {
        policy.setHealthCheck(checks.referred(policy.getHealthCheck()).getSelfLink());
      }
    }
  }

  /** What a patch makes of a group: a template alone replaces all versions. */
  GroupIntent patched(Scope home, GroupIntent before, InstanceGroupManager edited) {
    InstanceGroupManager was = before.asked();
    InstanceGroupManager.Builder next = edited.toBuilder();
    if (edited.getVersionsList().equals(was.getVersionsList())
        && !edited.getInstanceTemplate().equals(was.getInstanceTemplate())) {
      next.clearVersions();
    }
    if (!edited.getName().equals(was.getName())) {
      throw Refusals.invalid("resource.name", edited.getName(), "The name cannot be changed.");
    }
    if (!edited.getNamedPortsList().equals(was.getNamedPortsList())) {
      // googleapis/google-cloud-ruby#24808 was told that they are immutable.
      throw Refusals.invalid("resource.namedPorts", "", "Named ports are immutable.");
    }
    GroupIntent after = complete(home, next.build());
    DistributionRules.checkSame(was, after.asked());
    return after;
  }
}
