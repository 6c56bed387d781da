package slipway.rollout;

import java.util.List;
import slipway.fault.Finding;
import slipway.fault.Misconfigured;
import slipway.fault.OperationFailed;
import slipway.settings.GroupPath;
import slipway.settings.Target;
import slipway.time.CallOver;
import slipway.time.CallTime;

/** Tells groups what to run. */
public final class RolloutStage {
  /** How often somebody else may change the group between our reading and our patching. */
  private static final int TRIES = 5;

  private final Groups groups;

  /** Works on these. */
  public RolloutStage(Groups groups) {
    this.groups = groups;
  }

  /**
   * Looks at the target's groups before anything is made.
   *
   * @return them, in the order of their waves
   * @throws Misconfigured if one is not there, or Compute would not take the target's policy for it
   */
  public List<Group> inspect(Target target) {
    List<Group> found = target.groups().stream().map(this::read).toList();
    PolicyCheck.require(target, found);
    return found;
  }

  /**
   * The group as it is now.
   *
   * @throws Misconfigured if there is none
   */
  public Group read(GroupPath path) {
    return read(groups, path);
  }

  /**
   * The group as it is now.
   *
   * @throws Misconfigured if there is none
   */
  public static Group read(Groups groups, GroupPath path) {
    return groups
        .find(path)
        .orElseThrow(
            () ->
                new Misconfigured(
                    "no-such-group",
                    List.of(new Finding("TARGETS", "a group that exists", path.toString())),
                    "Make the group, or mend its path in TARGETS; then upload again."));
  }

  /**
   * Patches the group, or finds that an earlier call for the same deployment did.
   *
   * @throws Overtaken if a later upload, or a person, has put something else there
   * @throws Outdated if an earlier upload came to a good end there meanwhile
   * @throws OperationFailed if Compute failed in a way that may pass
   */
  public void start(Rollout rollout, Ownership ownership, CallTime time)
      throws Overtaken, Outdated, OperationFailed, CallOver, InterruptedException {
    for (int tries = 1; ; tries++) {
      Group group = read(rollout.group());
      ownership.prepare(group, rollout, time);
      try {
        if (!group.versions().equals(rollout.versions())) {
          patch(new Groups.Intent(group, rollout.versions(), rollout.rolling()));
        }
        ownership.confirm(rollout);
        return;
      } catch (Groups.StaleFingerprint stale) {
        if (tries == TRIES) {
          throw new OperationFailed("conditionNotMet", String.valueOf(stale.getMessage()));
        }
      }
    }
  }

  /**
   * Makes sure that the group was left as it was told.
   *
   * @throws Overtaken if a later upload, or a person, has put something else there
   */
  public void requireUnchanged(Rollout rollout) throws Overtaken {
    Group group = read(rollout.group());
    if (!group.versions().equals(rollout.versions())) {
      throw Overtaken.by(group);
    }
  }

  private void patch(Groups.Intent intent)
      throws Groups.StaleFingerprint, OperationFailed, CallOver, InterruptedException {
    try {
      groups.patch(intent);
    } catch (OperationFailed failed) {
      if (failed.isRefusal() || failed.isQuota()) {
        throw new Misconfigured(
            "group-refused",
            List.of(
                new Finding(
                    intent.group().path().name(),
                    "Compute Engine to take " + intent.versions(),
                    failed.code() + ": " + failed.getMessage())),
            "Change the group, or the target in TARGETS; then upload again.");
      }
      throw failed;
    }
  }
}
