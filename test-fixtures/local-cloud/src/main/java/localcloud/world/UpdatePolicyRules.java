package localcloud.world;

import com.google.cloud.compute.v1.FixedOrPercent;
import com.google.cloud.compute.v1.InstanceGroupManager;
import com.google.cloud.compute.v1.InstanceGroupManagerUpdatePolicy;
import java.util.Set;

/** Defaults and limits of an update: the discovery document, InstanceGroupManagerUpdatePolicy. */
final class UpdatePolicyRules {
  /** "a percentage ... if the group has 10 or more instances". */
  private static final int PERCENT_FROM = 10;

  private UpdatePolicyRules() {}

  static InstanceGroupManagerUpdatePolicy complete(
      InstanceGroupManagerUpdatePolicy asked, InstanceGroupManager group) {
    InstanceGroupManagerUpdatePolicy.Builder policy = asked.toBuilder();
    // The default of both bounds is the number of zones: one, for a zonal group.
    policy.setMaxSurge(bound(asked.hasMaxSurge(), asked.getMaxSurge()));
    policy.setMaxUnavailable(bound(asked.hasMaxUnavailable(), asked.getMaxUnavailable()));
    policy.setType(or(asked.getType(), "OPPORTUNISTIC"));
    policy.setMinimalAction(or(asked.getMinimalAction(), "REPLACE"));
    policy.setReplacementMethod(or(asked.getReplacementMethod(), "SUBSTITUTE"));
    check(policy.build(), group);
    return policy.build();
  }

  private static FixedOrPercent bound(boolean given, FixedOrPercent asked) {
    return given
        ? asked.toBuilder().clearCalculated().build()
        : FixedOrPercent.newBuilder().setFixed(1).build();
  }

  private static String or(String given, String otherwise) {
    return given.isEmpty() ? otherwise : given;
  }

  private static void check(InstanceGroupManagerUpdatePolicy policy, InstanceGroupManager group) {
    if (policy.hasInstanceRedistributionType()) {
      throw Refusals.notModelled("updatePolicy.instanceRedistributionType of a zonal group");
    }
    if (!policy.getMinimalAction().equals("REPLACE")
        || !or(policy.getMostDisruptiveAllowedAction(), "REPLACE").equals("REPLACE")) {
      throw Refusals.notModelled("an update action other than REPLACE");
    }
    expect("type", policy.getType(), Set.of("OPPORTUNISTIC", "PROACTIVE"));
    expect("replacementMethod", policy.getReplacementMethod(), Set.of("RECREATE", "SUBSTITUTE"));
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

  private static void checkBound(String field, FixedOrPercent bound, InstanceGroupManager group) {
    checkSize("resource.updatePolicy." + field, bound);
    if (bound.hasPercent() && group.getTargetSize() < PERCENT_FROM) {
      throw Refusals.invalid(
          "resource.updatePolicy." + field + ".percent",
          String.valueOf(bound.getPercent()),
          "A percentage is only allowed for groups with " + PERCENT_FROM + " or more instances.");
    }
  }

  /** One of the two, and a possible one. */
  static void checkSize(String field, FixedOrPercent size) {
    boolean possible =
        size.hasPercent()
            ? !size.hasFixed() && size.getPercent() >= 0 && size.getPercent() <= 100
            : size.getFixed() >= 0;
    if (!possible) {
      throw Refusals.invalid(
          field, text(size), "Either fixed from 0 or percent from 0 to 100 must be set.");
    }
  }

  private static void expect(String field, String value, Set<String> values) {
    if (!values.contains(value)) {
      throw Refusals.invalid("resource.updatePolicy." + field, value, "Expected one of " + values);
    }
  }

  private static boolean positive(FixedOrPercent bound) {
    return bound.getFixed() > 0 || bound.getPercent() > 0;
  }

  private static ApiException refused(String field, FixedOrPercent value, String why) {
    return Refusals.invalid("resource.updatePolicy." + field, text(value), why);
  }

  private static String text(FixedOrPercent value) {
    return value.hasPercent()
        ? "{  \"percent\": " + value.getPercent() + "}"
        : "{  \"fixed\": " + value.getFixed() + "}";
  }
}
