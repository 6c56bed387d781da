package slipway.rollout;

import java.util.List;
import slipway.fault.Finding;
import slipway.fault.Misconfigured;
import slipway.fault.OperationFailed;
import slipway.settings.GroupPath;
import slipway.settings.Target;
import slipway.template.Template;
import slipway.time.CallOver;

/** Tells a group to run a new template. */
public final class RolloutStage {
  /** How often somebody else may change the group between our reading and our patching. */
  private static final int TRIES = 5;

  private final Groups groups;

  /** Works on these. */
  public RolloutStage(Groups groups) {
    this.groups = groups;
  }

  /**
   * Looks at the target's group before anything is made.
   *
   * @throws Misconfigured if there is none, or Compute would not take the target's policy for it
   */
  public Group inspect(Target target) {
    Group group = read(target.group());
    PolicyCheck.require(target, group);
    return group;
  }

  /**
   * Patches the group, or finds that an earlier call for the same deployment did.
   *
   * @throws Overtaken if a later upload, or a person, has put something else there
   * @throws OperationFailed if Compute failed in a way that may pass
   */
  public void start(Target target, Template template)
      throws Overtaken, OperationFailed, CallOver, InterruptedException {
    for (int tries = 1; ; tries++) {
      Group group = read(target.group());
      if (group.holdsOnly(template.path())) {
        return;
      }
      if (isNewerThere(group, template)) {
        throw Overtaken.by(group, template.path());
      }
      try {
        patch(new Groups.Intent(group, template.path(), target.rolling()));
        return;
      } catch (Groups.StaleFingerprint stale) {
        if (tries == TRIES) {
          throw new OperationFailed("conditionNotMet", String.valueOf(stale.getMessage()));
        }
      }
    }
  }

  /**
   * The rollout of a group that was told; whatever it holds now, it is not patched again.
   *
   * @param templatePath what the record says that the group was told to run
   */
  public Rollout underWay(Target target, String templatePath) {
    return new Rollout(target, templatePath);
  }

  private static boolean isNewerThere(Group group, Template template) {
    return group.templatePaths().stream().anyMatch(path -> Origin.isNewer(path, template.path()));
  }

  private void patch(Groups.Intent intent)
      throws Groups.StaleFingerprint, OperationFailed, CallOver, InterruptedException {
    try {
      groups.patch(intent);
    } catch (OperationFailed failed) {
      if (failed.isRefusal()) {
        throw new Misconfigured(
            "group-refused",
            List.of(
                new Finding(
                    intent.group().path().name(),
                    "Compute Engine to take " + intent.templatePath(),
                    failed.code() + ": " + failed.getMessage())),
            "Change the group, or the target in TARGETS; then upload again.");
      }
      throw failed;
    }
  }

  private Group read(GroupPath path) {
    return groups
        .find(path)
        .orElseThrow(
            () ->
                new Misconfigured(
                    "no-such-group",
                    List.of(new Finding("TARGETS", "a group that exists", path.toString())),
                    "Make the group, or mend its path in TARGETS; then upload again."));
  }
}
