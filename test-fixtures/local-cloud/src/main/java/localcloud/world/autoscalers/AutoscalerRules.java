package localcloud.world.autoscalers;

import com.google.cloud.compute.v1.Autoscaler;
import com.google.cloud.compute.v1.AutoscalingPolicy;
import com.google.cloud.compute.v1.AutoscalingPolicyCpuUtilization;
import com.google.cloud.compute.v1.AutoscalingPolicyScaleInControl;
import com.google.protobuf.MessageOrBuilder;
import java.util.Set;
import localcloud.world.refusals.ApiException;
import localcloud.world.refusals.Refusals;
import localcloud.world.resources.Names;
import localcloud.world.resources.Sizes;

/** What may be asked of an autoscaler: the discovery document, Autoscaler and AutoscalingPolicy. */
final class AutoscalerRules {
  private static final Set<String> KEPT =
      Set.of("autoscalingPolicy", "description", "name", "target");

  /** Set by Google whatever is asked. */
  private static final Set<String> OUTPUT =
      Set.of(
          "creationTimestamp",
          "id",
          "kind",
          "recommendedSize",
          "region",
          "scalingScheduleStatus",
          "selfLink",
          "status",
          "statusDetails",
          "zone");

  private static final Set<String> POLICY =
      Set.of(
          "coolDownPeriodSec",
          "cpuUtilization",
          "maxNumReplicas",
          "minNumReplicas",
          "mode",
          "scaleInControl");

  /** ONLY_UP is the older word for ONLY_SCALE_OUT. */
  private static final Set<String> MODES = Set.of("OFF", "ON", "ONLY_SCALE_OUT", "ONLY_UP");

  private static final int INITIALIZATION_SECONDS = 60;
  private static final double UTILIZATION = 0.6;

  private AutoscalerRules() {}

  /** The same with defaults filled in and without output fields, for the group of this link. */
  static Autoscaler complete(Autoscaler asked, String target) {
    Names.check("resource.name", asked.getName());
    Autoscaler.Builder autoscaler = asked.toBuilder();
    asked.getAllFields().keySet().stream()
        .filter(field -> OUTPUT.contains(field.getJsonName()))
        .forEach(autoscaler::clearField);
    Names.refuseOthers(set(autoscaler), KEPT, "autoscaler.");
    return autoscaler
        .setTarget(target)
        .setAutoscalingPolicy(complete(asked.getAutoscalingPolicy()))
        .build();
  }

  private static AutoscalingPolicy complete(AutoscalingPolicy asked) {
    Names.refuseOthers(set(asked), POLICY, "autoscaler.autoscalingPolicy.");
    AutoscalingPolicy.Builder policy = asked.toBuilder();
    if (!policy.hasMode()) {
      policy.setMode("ON");
    }
    if (!policy.hasCoolDownPeriodSec()) {
      policy.setCoolDownPeriodSec(INITIALIZATION_SECONDS);
    }
    policy.setCpuUtilization(complete(asked.getCpuUtilization()));
    checkSizes(asked);
    if (!MODES.contains(policy.getMode())) {
      throw refused("mode", policy.getMode(), "Expected one of " + MODES);
    }
    if (policy.getCoolDownPeriodSec() < 0) {
      throw refused("coolDownPeriodSec", policy.getCoolDownPeriodSec(), "Must not be negative.");
    }
    if (policy.hasScaleInControl()) {
      policy.setScaleInControl(complete(asked.getScaleInControl()));
    }
    return policy.build();
  }

  private static AutoscalingPolicyCpuUtilization complete(AutoscalingPolicyCpuUtilization asked) {
    AutoscalingPolicyCpuUtilization.Builder cpu = asked.toBuilder();
    if (!cpu.hasUtilizationTarget()) {
      cpu.setUtilizationTarget(UTILIZATION);
    }
    if (!(cpu.getUtilizationTarget() > 0 && cpu.getUtilizationTarget() <= 1)) {
      throw refused(
          "cpuUtilization.utilizationTarget", cpu.getUtilizationTarget(), "Must be in (0, 1].");
    }
    if (cpu.hasPredictiveMethod() && !cpu.getPredictiveMethod().equals("NONE")) {
      throw Refusals.notModelled("cpuUtilization.predictiveMethod but NONE");
    }
    return cpu.build();
  }

  private static void checkSizes(AutoscalingPolicy policy) {
    if (!policy.hasMaxNumReplicas()) {
      throw Refusals.required("resource.autoscalingPolicy.maxNumReplicas");
    }
    if (!policy.hasMinNumReplicas()) {
      // "If not provided, autoscaler chooses a default value": which one, nothing tells.
      throw Refusals.notModelled("an autoscalingPolicy without minNumReplicas; set it, do not");
    }
    if (policy.getMinNumReplicas() < 0) {
      throw refused("minNumReplicas", policy.getMinNumReplicas(), "Must not be negative.");
    }
    if (policy.getMaxNumReplicas() < policy.getMinNumReplicas()) {
      throw refused(
          "maxNumReplicas",
          policy.getMaxNumReplicas(),
          "Must not be lower than the minimal number of replicas.");
    }
  }

  private static AutoscalingPolicyScaleInControl complete(AutoscalingPolicyScaleInControl asked) {
    if (asked.getTimeWindowSec() <= 0) {
      throw refused("scaleInControl.timeWindowSec", asked.getTimeWindowSec(), "Must be positive.");
    }
    Sizes.check(
        "resource.autoscalingPolicy.scaleInControl.maxScaledInReplicas",
        asked.getMaxScaledInReplicas());
    return asked.toBuilder()
        .setMaxScaledInReplicas(asked.getMaxScaledInReplicas().toBuilder().clearCalculated())
        .build();
  }

  private static Set<String> set(MessageOrBuilder message) {
    return Names.said(message);
  }

  private static ApiException refused(String field, Object value, String why) {
    return Refusals.invalid("resource.autoscalingPolicy." + field, String.valueOf(value), why);
  }
}
