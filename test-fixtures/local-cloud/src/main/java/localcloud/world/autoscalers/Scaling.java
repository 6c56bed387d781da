package localcloud.world.autoscalers;

import com.google.cloud.compute.v1.Autoscaler;
import com.google.cloud.compute.v1.AutoscalerStatusDetails;
import com.google.cloud.compute.v1.AutoscalingPolicy;
import com.google.cloud.compute.v1.AutoscalingPolicyScaleInControl;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import localcloud.world.groups.Group;
import localcloud.world.groups.GroupShelves;
import localcloud.world.operations.Estate;
import localcloud.world.operations.Newborn;
import localcloud.world.places.Scope;

/**
 * One autoscaler at work. It looks at its group from time to time and sets the size that serves the
 * peak load of the stabilization period; an update's surge comes on top of that size.
 */
final class Scaling {
  /** How often it looks. Google gives no figure: inferred. */
  private static final Duration EVERY = Duration.ofSeconds(15);

  /**
   * "recommendedSize ... to serve peak load over the last 10 minutes":
   * https://cloud.google.com/compute/docs/autoscaler/understanding-autoscaler-decisions
   */
  private static final Duration STABILIZATION = Duration.ofMinutes(10);

  private static final Map<String, String> OFF =
      Map.of(
          "MODE_OFF",
          "Autoscaling is turned off. The number of instances in the group won't change"
              + " automatically. The autoscaling configuration is preserved.");

  private static final Map<String, String> ONLY_OUT =
      Map.of(
          "MODE_ONLY_SCALE_OUT",
          "Autoscaling is in the \"Autoscale only scale out\" mode. Instances in the group will be"
              + " only added.");

  /** An autoscaler's own facts, which never change. */
  record Identity(Newborn born, Scope home) {}

  private final Estate estate;
  private final GroupShelves groups;
  private final Identity identity;
  private final Peak needs = new Peak();
  private final Peak recommendations = new Peak();
  private Autoscaler asked;
  private boolean acknowledged;
  private boolean stopped;
  private int needed;
  private OptionalInt recommended = OptionalInt.empty();

  Scaling(Estate estate, GroupShelves groups, Identity identity, Autoscaler asked) {
    this.estate = estate;
    this.groups = groups;
    this.identity = identity;
    this.asked = asked;
  }

  Identity identity() {
    return identity;
  }

  Autoscaler asked() {
    return asked;
  }

  void become(Autoscaler wanted) {
    asked = wanted;
    acknowledged = false;
  }

  /** Looks now, and from now on. */
  void start() {
    // What was the load before, nobody measured: until then the group was as large as it had to be.
    group().ifPresent(group -> needs.add(estate.schedule().now(), group.intent().target()));
    acknowledge();
    again();
  }

  /** Has read what was asked of it, and does it. */
  void acknowledge() {
    acknowledged = true;
    look();
  }

  void stop() {
    stopped = true;
  }

  private void again() {
    if (!stopped) {
      estate
          .schedule()
          .in(
              EVERY,
              () -> {
                look();
                again();
              });
    }
  }

  private void look() {
    Optional<Group> group = group();
    if (stopped || !acknowledged || group.isEmpty()) {
      recommended = group.isEmpty() ? OptionalInt.empty() : recommended;
      return;
    }
    Instant now = estate.schedule().now();
    int size = group.get().intent().target();
    Duration initialization = Duration.ofSeconds(policy().getCoolDownPeriodSec());
    double target = policy().getCpuUtilization().getUtilizationTarget();
    List<Load.Reading> readings = Load.of(group.get(), now, initialization);
    needs.add(now, ScalingNeed.of(readings, target, size).orElse(size));
    needed = needs.since(now.minus(longer(STABILIZATION, initialization))).orElse(size);
    int wanted = within(Math.max(within(needed), slowest(now)));
    recommended = OptionalInt.of(wanted);
    recommendations.add(now, wanted);
    if (mode("ON") || !mode("OFF") && wanted > size) {
      group.get().scale(wanted);
    }
  }

  /** The size below which the scale-in control does not let it go now; 0 without one. */
  private int slowest(Instant now) {
    if (!policy().hasScaleInControl()) {
      // Forgets: a control that comes later looks back no further than all else.
      recommendations.since(now.minus(STABILIZATION));
      return 0;
    }
    AutoscalingPolicyScaleInControl control = policy().getScaleInControl();
    int peak = recommendations.since(now.minusSeconds(control.getTimeWindowSec())).orElse(0);
    return peak - ScalingNeed.count(control.getMaxScaledInReplicas(), peak);
  }

  private int within(int size) {
    return Math.min(policy().getMaxNumReplicas(), Math.max(policy().getMinNumReplicas(), size));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  /** The autoscaler with its state of this moment. */
  Autoscaler resource() {
    Autoscaler.Builder view =
        asked.toBuilder()
            .setKind("compute#autoscaler")
            .setId(identity.born().id())
            .setSelfLink(identity.born().selfLink())
            .setCreationTimestamp(identity.born().creationTimestamp())
            .setStatus(status());
    if (policy().hasScaleInControl()) {
      AutoscalingPolicyScaleInControl.Builder control =
          view.getAutoscalingPolicyBuilder().getScaleInControlBuilder();
      control
          .getMaxScaledInReplicasBuilder()
          .setCalculated(
              ScalingNeed.count(control.getMaxScaledInReplicas(), recommended.orElse(0)));
    }
    recommended.ifPresent(view::setRecommendedSize);
    view.addAllStatusDetails(details());
    String place = estate.links().to(identity.home());
    return identity.home().isRegion() ? view.setRegion(place).build() : view.setZone(place).build();
  }

  private String status() {
    if (group().isEmpty()) {
      return "ERROR";
    }
    return acknowledged ? "ACTIVE" : "PENDING";
  }

  /** Types and sentences of the discovery document, AutoscalerStatusDetails.type. */
  private List<AutoscalerStatusDetails> details() {
    Map<String, String> details = new LinkedHashMap<>();
    if (group().isEmpty()) {
      details.put("SCALING_TARGET_DOES_NOT_EXIST", "The target to be scaled does not exist.");
    }
    if (!mode("ON")) {
      details.putAll(mode("OFF") ? OFF : ONLY_OUT);
    }
    if (policy().getMinNumReplicas() == policy().getMaxNumReplicas()) {
      details.put(
          "MIN_EQUALS_MAX",
          "The minNumReplicas is equal to maxNumReplicas. This means the autoscaler cannot add or"
              + " remove instances from the instance group.");
    }
    if (needed > policy().getMaxNumReplicas()) {
      details.put(
          "CAPPED_AT_MAX_NUM_REPLICAS",
          "Autoscaler recommends a size greater than maxNumReplicas.");
    }
    return details.entrySet().stream()
        .map(
            one ->
                AutoscalerStatusDetails.newBuilder()
                    .setType(one.getKey())
                    .setMessage(one.getValue())
                    .build())
        .toList();
  }

  private Optional<Group> group() {
    return groups.linked(asked.getTarget()).filter(group -> !group.leaving());
  }

  private AutoscalingPolicy policy() {
    return asked.getAutoscalingPolicy();
  }

  private boolean mode(String mode) {
    return policy().getMode().equals(mode);
  }
}
