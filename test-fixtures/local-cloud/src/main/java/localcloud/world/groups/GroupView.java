package localcloud.world.groups;

import com.google.cloud.compute.v1.Autoscaler;
import com.google.cloud.compute.v1.FixedOrPercent;
import com.google.cloud.compute.v1.InstanceGroup;
import com.google.cloud.compute.v1.InstanceGroupManager;
import com.google.cloud.compute.v1.InstanceGroupManagerActionsSummary;
import com.google.cloud.compute.v1.InstanceGroupManagerStatus;
import com.google.cloud.compute.v1.InstanceGroupManagerStatusAllInstancesConfig;
import com.google.cloud.compute.v1.InstanceGroupManagerStatusStateful;
import com.google.cloud.compute.v1.InstanceGroupManagerStatusVersionTarget;
import com.google.cloud.compute.v1.InstanceGroupManagerUpdatePolicy;
import com.google.cloud.compute.v1.InstanceGroupManagerVersion;
import com.google.cloud.compute.v1.ManagedInstance;
import com.google.cloud.compute.v1.ManagedInstanceInstanceHealth;
import com.google.cloud.compute.v1.ManagedInstanceLastAttempt;
import com.google.cloud.compute.v1.ManagedInstanceLastAttemptErrors;
import java.util.List;
import java.util.Optional;
import localcloud.world.operations.Ids;
import localcloud.world.places.Links;

/** How a group looks from outside. */
final class GroupView {
  private final Links links;
  private final Group group;
  private final Optional<Autoscaler> autoscaler;

  GroupView(Links links, Group group, Optional<Autoscaler> autoscaler) {
    this.autoscaler = autoscaler;
    this.links = links;
    this.group = group;
  }

  /** The resource, with status and counts of this moment. */
  InstanceGroupManager resource() {
    GroupIntent intent = group.intent();
    Group.Identity identity = group.identity();
    InstanceGroupManager.Builder view =
        intent.asked().toBuilder()
            .setKind("compute#instanceGroupManager")
            .setId(identity.born().id())
            .setSelfLink(identity.born().selfLink())
            .setCreationTimestamp(identity.born().creationTimestamp())
            .setInstanceGroup(group.instanceGroup())
            .setFingerprint(intent.fingerprint())
            .setCurrentActions(actions())
            .setStatus(status())
            .setUpdatePolicy(policy(intent));
    for (InstanceGroupManagerVersion.Builder version : view.getVersionsBuilderList()) {
      version.setTargetSize(
          version.getTargetSize().toBuilder().setCalculated(intent.wanted(version.build())));
    }
    String place = links.to(identity.home());
    return identity.home().isRegion() ? view.setRegion(place).build() : view.setZone(place).build();
  }

  private static InstanceGroupManagerUpdatePolicy policy(GroupIntent intent) {
    InstanceGroupManagerUpdatePolicy policy = intent.asked().getUpdatePolicy();
    return policy.toBuilder()
        .setMaxSurge(calculated(intent, policy.getMaxSurge()))
        .setMaxUnavailable(calculated(intent, policy.getMaxUnavailable()))
        .build();
  }

  private static FixedOrPercent calculated(GroupIntent intent, FixedOrPercent bound) {
    return bound.toBuilder().setCalculated(intent.count(bound)).build();
  }

  private InstanceGroupManagerActionsSummary actions() {
    return InstanceGroupManagerActionsSummary.newBuilder()
        .setNone(count(Member.Action.NONE))
        .setCreating(count(Member.Action.CREATING))
        .setVerifying(count(Member.Action.VERIFYING))
        .setRecreating(count(Member.Action.RECREATING))
        .setDeleting(count(Member.Action.DELETING))
        .setAbandoning(0)
        .setCreatingWithoutRetries(0)
        .setRefreshing(count(Member.Action.REFRESHING))
        .setRestarting(0)
        .setResuming(count(Member.Action.RESUMING))
        .setStarting(count(Member.Action.STARTING))
        .setStopping(count(Member.Action.STOPPING))
        .setSuspending(count(Member.Action.SUSPENDING))
        .build();
  }

  private int count(Member.Action action) {
    return (int)
        group.members().stream()
            .filter(member -> member.action() == action && !member.rests())
            .count();
  }

  /** Stable: nothing is being done and, by the update policy, nothing is to be done. */
  private InstanceGroupManagerStatus status() {
    GroupIntent intent = group.intent();
    boolean reached =
        RolloutPlan.reached(
            intent.shares().stream().map(RolloutPlan.Share::bare).toList(),
            group.roster().standing().stream().map(RolloutPlan.Standing::bare).toList());
    InstanceGroupManagerStatus.Builder status = InstanceGroupManagerStatus.newBuilder();
    autoscaler.ifPresent(one -> status.setAutoscaler(one.getSelfLink()));
    if (intent.asked().hasAllInstancesConfig()) {
      status.setAllInstancesConfig(
          InstanceGroupManagerStatusAllInstancesConfig.newBuilder()
              .setCurrentRevision(Ids.time(group.revised()))
              .setEffective(
                  group.roster().standing().stream()
                      .allMatch(one -> one.version().overrides().equals(intent.overrides()))));
    }
    return status
        .setIsStable(group.isIdle() && !group.leaving())
        .setVersionTarget(
            InstanceGroupManagerStatusVersionTarget.newBuilder().setIsReached(reached))
        .setStateful(InstanceGroupManagerStatusStateful.newBuilder().setHasStatefulConfig(false))
        .build();
  }

  /** What listManagedInstances tells. */
  List<ManagedInstance> members() {
    return group.members().stream().map(this::member).toList();
  }

  private ManagedInstance member(Member member) {
    ManagedInstance.Builder view =
        ManagedInstance.newBuilder()
            .setInstance(group.link(member))
            .setName(member.name())
            .setCurrentAction(member.action().name());
    member
        .vm()
        .ifPresent(
            vm -> view.setId(vm.resource().getId()).setInstanceStatus(vm.resource().getStatus()));
    // "version ... is empty" while it is being deleted: ManagedInstance.version.
    if (!member.leaving()) {
      view.setVersion(Mishaps.version(member.version()));
    }
    if (!member.failures().isEmpty()) {
      view.setLastAttempt(
          ManagedInstanceLastAttempt.newBuilder()
              .setErrors(
                  ManagedInstanceLastAttemptErrors.newBuilder().addAllErrors(member.failures())));
    }
    if (member.vm().filter(vm -> vm.is("RUNNING")).isPresent()) {
      group.intent().healing().ifPresent(check -> view.addInstanceHealth(health(member, check)));
    }
    return view.build();
  }

  private static ManagedInstanceInstanceHealth health(
      Member member, com.google.cloud.compute.v1.InstanceGroupManagerAutoHealingPolicy policy) {
    return ManagedInstanceInstanceHealth.newBuilder()
        .setHealthCheck(policy.getHealthCheck())
        .setDetailedHealthState(
            member.draining() ? "DRAINING" : member.health(policy.getHealthCheck()).name())
        .build();
  }

  /** The instance group that the manager manages. */
  InstanceGroup instanceGroup() {
    Group.Identity identity = group.identity();
    InstanceGroup.Builder view =
        InstanceGroup.newBuilder()
            .setKind("compute#instanceGroup")
            .setId(identity.born().id() + 1)
            .setName(group.name())
            .setDescription(
                "This instance group is controlled by Instance Group Manager '"
                    + group.name()
                    + "'. To modify instances in this group, use the Instance Group Manager API:"
                    + " https://cloud.google.com/compute/docs/reference/latest/instanceGroupManagers")
            .setCreationTimestamp(identity.born().creationTimestamp())
            .setSelfLink(group.instanceGroup())
            .setFingerprint(group.intent().fingerprint())
            .setSize((int) group.members().stream().filter(one -> one.vm().isPresent()).count())
            .addAllNamedPorts(group.intent().asked().getNamedPortsList());
    String place = links.to(identity.home());
    return identity.home().isRegion() ? view.setRegion(place).build() : view.setZone(place).build();
  }
}
