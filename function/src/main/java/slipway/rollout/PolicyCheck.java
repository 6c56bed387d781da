package slipway.rollout;

import java.time.Duration;
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
    if (!group.policies().checked() && !target.unchecked()) {
      findings.add(
          new Finding(
              name, "an autohealing health check, or \"unchecked\": true in TARGETS", "neither"));
    }
    Duration delay = group.policies().initialDelay();
    Duration total = target.deadlines().total();
    if (delay.compareTo(total) >= 0) {
      findings.add(
          new Finding(
              "totalDeadlineSeconds of " + target.name(),
              "more than " + delay.toSeconds() + ", the initial delay of " + name,
              String.valueOf(total.toSeconds())));
    }
    requireNothingOfTheirOwn(group, findings);
    bound("maxSurge", target.rolling().maxSurge(), group, findings);
    bound("maxUnavailable", target.rolling().maxUnavailable(), group, findings);
    if (group.policies().recreates() && target.rolling().maxSurge().value() != 0) {
      findings.add(
          new Finding(
              "maxSurge of " + target.name(),
              "0, since " + name + " has replacementMethod RECREATE",
              target.rolling().maxSurge().toString()));
    }
  }

  /** What the image of an upload would not reach, or would take away. */
  private static void requireNothingOfTheirOwn(Group group, List<Finding> findings) {
    String name = group.path().name();
    if (group.policies().namesBootDisk()) {
      findings.add(
          new Finding(
              name,
              "an instance flexibility policy that names no boot disk, since it would boot instead"
                  + " of the new image",
              "instanceSelections with one"));
    }
    if (group.policies().stateful()) {
      findings.add(
          new Finding(
              name,
              "a group without stateful policy and per-instance configurations, since every"
                  + " instance is replaced",
              "a stateful one"));
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
