package localcloud.world.groups;

import com.google.cloud.compute.v1.FixedOrPercent;
import com.google.cloud.compute.v1.InstanceGroupManagerOrBuilder;
import com.google.cloud.compute.v1.InstanceGroupManagerUpdatePolicy;
import java.util.Set;
import localcloud.world.refusals.ApiException;
import localcloud.world.refusals.Refusals;
import localcloud.world.resources.Sizes;

/** Defaults and limits of an update: the discovery document, InstanceGroupManagerUpdatePolicy. */
final class UpdatePolicyRules {
  /** "a percentage ... if the group has 10 or more instances". */
  private static final int PERCENT_FROM = 10;

  private UpdatePolicyRules() {}

  /**
   * The policy with its defaults.
   *
   * @param group with its distribution policy complete: a group without one is zonal
   */
  static InstanceGroupManagerUpdatePolicy complete(
      InstanceGroupManagerUpdatePolicy asked, InstanceGroupManagerOrBuilder group) {
    InstanceGroupManagerUpdatePolicy.Builder policy = asked.toBuilder();
    // The default of both bounds is the number of zones: one, for a zonal group.
    FixedOrPercent zones = FixedOrPercent.newBuilder().setFixed(zones(group)).build();
    policy.setMaxSurge(asked.hasMaxSurge() ? bound(asked.getMaxSurge()) : zones);
    policy.setMaxUnavailable(asked.hasMaxUnavailable() ? bound(asked.getMaxUnavailable()) : zones);
    policy.setType(or(asked.getType(), "OPPORTUNISTIC"));
    policy.setMinimalAction(or(asked.getMinimalAction(), "REPLACE"));
    policy.setReplacementMethod(or(asked.getReplacementMethod(), "SUBSTITUTE"));
    if (group.hasDistributionPolicy()) {
      policy.setInstanceRedistributionType(or(asked.getInstanceRedistributionType(), "PROACTIVE"));
    }
    check(policy.build(), group);
    return policy.build();
  }

  private static int zones(InstanceGroupManagerOrBuilder group) {
    return Math.max(1, group.getDistributionPolicy().getZonesCount());
  }

  private static FixedOrPercent bound(FixedOrPercent asked) {
    return asked.toBuilder().clearCalculated().build();
  }

  private static String or(String given, String otherwise) {
    return given.isEmpty() ? otherwise : given;
  }

  private static void check(
      InstanceGroupManagerUpdatePolicy policy, InstanceGroupManagerOrBuilder group) {
    if (policy.hasInstanceRedistributionType()) {
      if (!group.hasDistributionPolicy()) {
        throw Refusals.notModelled("updatePolicy.instanceRedistributionType of a zonal group");
      }
      expect(
          "updatePolicy.instanceRedistributionType",
          policy.getInstanceRedistributionType(),
          Set.of("NONE", "PROACTIVE"));
    }
    if (!policy.getMinimalAction().equals("REPLACE")
        || !or(policy.getMostDisruptiveAllowedAction(), "REPLACE").equals("REPLACE")) {
      throw Refusals.notModelled("an update action other than REPLACE");
    }
    expect("updatePolicy.type", policy.getType(), Set.of("OPPORTUNISTIC", "PROACTIVE"));
    expect(
        "updatePolicy.replacementMethod",
        policy.getReplacementMethod(),
        Set.of("RECREATE", "SUBSTITUTE"));
    checkBound("maxSurge", policy.getMaxSurge(), group);
    checkBound("maxUnavailable", policy.getMaxUnavailable(), group);
    checkTogether(policy);
  }

  private static void checkTogether(InstanceGroupManagerUpdatePolicy policy) {
    boolean surge = positive(policy.getMaxSurge());
    boolean unavailable = positive(policy.getMaxUnavailable());
    if (policy.getReplacementMethod().equals("RECREATE")) {
      if (surge) {
        // The text of GoogleCloudPlatform/magic-modules#8210.
        throw refused(
            "maxSurge",
            policy.getMaxSurge(),
            "maxSurge must be equal to 0 when replacement method is set to RECREATE");
      }
      if (!unavailable) {
        throw refused(
            "maxUnavailable",
            policy.getMaxUnavailable(),
            "maxUnavailable must be greater than 0 when replacement method is set to RECREATE");
      }
    }
    if (!surge && !unavailable) {
      throw refused(
          "maxSurge",
          policy.getMaxSurge(),
          "At least one of either maxSurge or maxUnavailable must be greater than 0.");
    }
  }

  private static void checkBound(
      String name, FixedOrPercent bound, InstanceGroupManagerOrBuilder group) {
    String field = "resource.updatePolicy." + name;
    Sizes.check(field, bound);
    if (bound.hasPercent() && group.getTargetSize() < PERCENT_FROM) {
      throw Refusals.invalid(
          field + ".percent",
          String.valueOf(bound.getPercent()),
          "A percentage is only allowed for groups with " + PERCENT_FROM + " or more instances.");
    }
    if (bound.getFixed() != 0 && bound.getFixed() < zones(group)) {
      // The text of terraform-google-modules/terraform-example-foundation#427.
      throw Refusals.invalid(
          field + ".fixed",
          String.valueOf(bound.getFixed()),
          "Fixed updatePolicy."
              + name
              + " for regional managed instance group has to be either 0 or at least equal to the"
              + " number of zones.");
    }
  }

  /** A field of the group's that has one of these values. */
  static void expect(String field, String value, Set<String> values) {
    if (!values.contains(value)) {
      throw Refusals.invalid("resource." + field, value, "Expected one of " + values);
    }
  }

  private static boolean positive(FixedOrPercent bound) {
    return bound.getFixed() > 0 || bound.getPercent() > 0;
  }

  private static ApiException refused(String field, FixedOrPercent value, String why) {
    return Refusals.invalid("resource.updatePolicy." + field, Sizes.text(value), why);
  }
}
