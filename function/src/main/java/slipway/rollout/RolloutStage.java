package slipway.rollout;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import slipway.fault.Actor;
import slipway.fault.Misconfigured;
import slipway.fault.OperationFailed;
import slipway.settings.GroupPath;
import slipway.settings.Target;
import slipway.template.TemplateFacts;
import slipway.time.CallOver;
import slipway.time.CallTime;

/** Patches groups. */
public final class RolloutStage {
  /** How often somebody else may change the group between our reading and our patching. */
  private static final int TRIES = 5;

  private static final int MOST_LOOKS = 15;
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(4);

  private final Groups groups;
  private final CallTime time;

  public RolloutStage(Groups groups, CallTime time) {
    this.groups = groups;
    this.time = time;
  }

  /**
   * Looks at the target's groups before anything is made.
   *
   * @return them, in the order of their waves
   * @throws Misconfigured if one is not there, or Compute would not take the target's policy for it
   */
  public List<Group> inspect(Target target) {
    List<Group> found = target.groups().stream().map(groups::read).toList();
    PolicyCheck.require(target, found);
    return found;
  }

  /**
   * Makes sure, before an image is made, that every machine of the target's groups can boot it.
   *
   * @param found the groups, as {@link #inspect} found them
   * @param templates what is cloned for each of them, in the same order
   * @throws Misconfigured if the settings do not fit the groups
   * @throws slipway.fault.Rejection if the upload alone does not fit them
   */
  public void requireBootable(BootCheck check, List<Group> found, List<TemplateFacts> templates) {
    for (int i = 0; i < found.size(); i++) {
      Group group = found.get(i);
      Map<String, Optional<String>> types = new TreeMap<>();
      for (String type : group.machines().types(templates.get(i).machineType())) {
        types.put(type, groups.architecture(group, type));
      }
      check.look(group, templates.get(i), types);
    }
    check.require();
  }

  /**
   * The group as it is now. A look that fails says nothing of the group: it is looked again, for a
   * minute.
   *
   * @throws Misconfigured if there is none, or it may not be read
   */
  public Group read(GroupPath path) throws IOException, CallOver {
    for (int looks = 1; ; looks++) {
      try {
        return groups.read(path);
      } catch (RuntimeException lost) {
        if (looks == MOST_LOOKS) {
          throw lost;
        }
      }
      time.sleep(BETWEEN_LOOKS);
    }
  }

  /**
   * Patches the group, or finds that an earlier call for the same deployment did. Tries it with
   * what is known; only where that is not so any more, or stands in the way, all is read again.
   *
   * @param seen the group as it was read before
   * @return false if an earlier upload came to a good end meanwhile, so that the group runs
   *     something else well than the rollout says: nothing is patched then
   * @throws Overtaken if a later upload, or a person, has put something else there
   * @throws IOException if Compute failed in a way that may pass
   */
  public boolean patch(Rollout rollout, Group seen, Ownership ownership)
      throws IOException, CallOver, Overtaken {
    time.beat();
    if (ownership.isReady(seen, rollout) && isPatched(seen, rollout, ownership)) {
      return true;
    }
    for (int tries = 2; tries <= TRIES; tries++) {
      Group group = read(rollout.group());
      // Asked once it is read: of a call that stood still, what it read may be stale.
      time.beat();
      switch (ownership.prepare(group, rollout)) {
        case OUTDATED -> {
          return false;
        }
        case READY -> {
          if (isPatched(group, rollout, ownership)) {
            return true;
          }
        }
        case CHANGED -> {
          // Decided again by what the other call wrote.
        }
      }
    }
    throw new IOException(
        rollout.group()
            + " or its target's state was changed by others "
            + TRIES
            + " times in a row");
  }

  /** Whether it is by now; not if somebody changed the group since it was read. */
  private boolean isPatched(Group group, Rollout rollout, Ownership ownership)
      throws IOException, CallOver {
    boolean patched = group.versions().equals(rollout.versions()) || patched(group, rollout);
    if (patched) {
      ownership.confirm(rollout);
    }
    return patched;
  }

  private boolean patched(Group group, Rollout rollout) throws IOException, CallOver {
    Groups.Intent intent = new Groups.Intent(group, rollout.versions(), rollout.rolling());
    try {
      return groups.patch(intent);
    } catch (OperationFailed failed) {
      if (failed.actor() == Actor.RETRY) {
        throw failed;
      }
      throw failed.misconfigured(
          new OperationFailed.Step(
              "group-refused", group.path().name(), "Compute Engine to take " + intent.versions()),
          "Change the group, or the target in TARGETS.",
          "Then upload again.");
    }
  }
}
