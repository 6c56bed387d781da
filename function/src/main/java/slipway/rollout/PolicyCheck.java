package slipway.rollout;

import java.util.ArrayList;
import java.util.List;
import slipway.fault.Finding;
import slipway.fault.Misconfigured;
import slipway.settings.Size;
import slipway.settings.Target;

/**
 * Whether Compute would take a target's policy for its group as it is now: asked before anything is
 * made. The rules are those of {@code InstanceGroupManagerUpdatePolicy} in Google's reference.
 */
final class PolicyCheck {
  private static final int LEAST_FOR_PERCENT = 10;

  private PolicyCheck() {}

  static void require(Target target, List<Group> groups) {
    List<Finding> findings = new ArrayList<>();
    groups.forEach(group -> check(target, group, findings));
    if (!findings.isEmpty()) {
      throw new Misconfigured(
          "policy", findings, "Change the group, or the target in TARGETS; then upload again.");
    }
  }

  private static void check(Target target, Group group, List<Finding> findings) {
    String name = group.path().name();
    if (!group.checked() && !target.unchecked()) {
      findings.add(
          new Finding(
              name, "an autohealing health check, or \"unchecked\": true in TARGETS", "neither"));
    }
    if (group.targetSize() == 0) {
      findings.add(
          new Finding(name, "a target size of at least 1, to see the new version serve", "0"));
    }
    if (group.stateful()) {
      findings.add(
          new Finding(
              name,
              "a group without stateful policy and per-instance configurations, since every"
                  + " instance is replaced",
              "a stateful one"));
    }
    bound("maxSurge", target.rolling().maxSurge(), group, findings);
    bound("maxUnavailable", target.rolling().maxUnavailable(), group, findings);
    if (group.recreates() && target.rolling().maxSurge().value() != 0) {
      findings.add(
          new Finding(
              "maxSurge of " + target.name(),
              "0, since " + name + " has replacementMethod RECREATE",
              target.rolling().maxSurge().toString()));
    }
  }

  private static void bound(String key, Size size, Group group, List<Finding> findings) {
    if (size.percent() && group.targetSize() < LEAST_FOR_PERCENT) {
      findings.add(
          new Finding(
              key + " of " + group.path().name(),
              "a number of instances, since a percentage needs a group of at least 10",
              size + " of " + group.targetSize()));
    }
    if (!size.percent() && size.value() > 0 && size.value() < group.zones()) {
      findings.add(
          new Finding(
              key + " of " + group.path().name(),
              "0, or at least " + group.zones() + ", the number of the group's zones",
              size.toString()));
    }
  }
}
