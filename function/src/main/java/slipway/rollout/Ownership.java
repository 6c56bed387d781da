package slipway.rollout;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import slipway.fault.OperationFailed;
import slipway.rollout.TargetState.Known;
import slipway.rollout.TargetState.Owner;
import slipway.settings.GroupPath;
import slipway.time.CallOver;
import slipway.time.CallTime;

/**
 * One deployment's right to change its target's groups. The later upload has it; and nobody
 * overwrites what a person put into a group.
 */
public final class Ownership {
  /** How often other calls may write the state between our reading and our writing. */
  private static final int TRIES = 5;

  private final TargetStates states;
  private final String target;
  private final Owner self;

  /** Of this deployment. */
  public Ownership(TargetStates states, String target, Owner self) {
    this.states = states;
    this.target = target;
    this.self = self;
  }

  /**
   * Finds out early that all work would be in vain.
   *
   * @throws Overtaken if a later upload owns the target
   */
  public void requireNoneLater() throws Overtaken {
    requireNoneLater(states.find(target).state());
  }

  /**
   * Whose doing it was that a group holds something else: that of a later upload, if one owns the
   * target or told the group last, also one that has gone back since.
   */
  public Overtaken explain(Overtaken seen) {
    Group group = seen.group();
    if (group == null) {
      return seen;
    }
    TargetState state = states.find(target).state();
    Known known = state.known(group.path().toString());
    Owner owner = state.owner();
    if (owner != null && owner.isLaterThan(self)) {
      return Overtaken.byLater(owner.deployment());
    }
    String by = known.by();
    if (by == null || by.equals(self.deployment())) {
      return seen;
    }
    return known.written().contains(group.versions()) ? Overtaken.byLater(by) : seen;
  }

  /** Whether a later upload owns the target, which stays so. */
  public boolean isLost() {
    Owner owner = states.find(target).state().owner();
    return owner != null && owner.isLaterThan(self);
  }

  private void requireNoneLater(TargetState state) throws Overtaken {
    Owner owner = state.owner();
    if (owner != null && owner.isLaterThan(self)) {
      throw Overtaken.byLater(owner.deployment());
    }
  }

  /**
   * Takes the target over, unless a later upload has it, and notes that this group is about to get
   * these versions. A group that this deployment finds at rest is, whoever put it there, at its
   * last known good.
   *
   * @param lease asked for once all is read: of a call that stood still, what it read may be stale
   * @throws Overtaken if a later upload owns the target, or the group holds what none of its
   *     deployments put there
   * @throws Outdated if an earlier upload has come to a good end meanwhile
   */
  void prepare(Group group, Rollout rollout, CallTime lease)
      throws Overtaken, Outdated, OperationFailed, CallOver {
    String path = group.path().toString();
    for (int tries = 1; ; tries++) {
      TargetStates.Stored stored = states.find(target);
      lease.beat();
      requireNoneLater(stored.state());
      Known known = stored.state().known(path);
      boolean ours = known.written().contains(group.versions());
      if (!ours && (self.deployment().equals(known.by()) || !group.isAtRest())) {
        throw Overtaken.by(group);
      }
      String lastGood = ours ? known.lastGood() : group.versions().get(0).template();
      if (rollout.previous() != null && !rollout.previous().equals(lastGood)) {
        if (ours && lastGood != null) {
          throw new Outdated(lastGood);
        }
        throw Overtaken.by(group);
      }
      Known next = new Known(lastGood, self.deployment(), written(known, group, rollout));
      if (states.save(
          target, stored.state().ownedBy(self).knowing(path, next), stored.generation())) {
        return;
      }
      requireMore(tries);
    }
  }

  /**
   * What the group may hold from now on, the latest last. A call that has just lost the target may
   * still be on its way with what it noted, until the next patch makes its fingerprint stale.
   */
  private static List<List<Version>> written(Known known, Group group, Rollout rollout) {
    Set<List<Version>> written = new LinkedHashSet<>(known.written());
    written.add(group.versions());
    written.remove(rollout.versions());
    written.add(rollout.versions());
    return List.copyOf(written);
  }

  /** Notes that the group holds these versions now, unless it was told others meanwhile. */
  void confirm(Rollout rollout) throws OperationFailed {
    String path = rollout.group().toString();
    change(
        state -> {
          Known known = state.known(path);
          List<List<Version>> written = known.written();
          boolean latest =
              !written.isEmpty() && written.get(written.size() - 1).equals(rollout.versions());
          return isSelf(state) && latest
              ? state.knowing(path, told(known.lastGood(), rollout))
              : state;
        });
  }

  /** The template that this group last ran well; empty if none is known. */
  public Optional<String> lastGood(GroupPath group) {
    return Optional.ofNullable(states.find(target).state().known(group.toString()).lastGood());
  }

  /** The template that this group runs, or ran well before something else began to come. */
  public String present(Group group) {
    return lastGood(group.path()).filter(good -> wrote(group)).orElse(group.templates().get(0));
  }

  /** Whether the group holds what this target's deployments gave it. */
  public boolean wrote(Group group) {
    return states
        .find(target)
        .state()
        .known(group.path().toString())
        .written()
        .contains(group.versions());
  }

  /**
   * This template serves well in all these groups.
   *
   * @throws Overtaken if a later upload owns the target
   */
  public void good(List<Rollout> rollouts) throws Overtaken, OperationFailed {
    change(
        state -> {
          if (!isSelf(state)) {
            return state;
          }
          TargetState next = state.goodWith(self);
          for (Rollout rollout : rollouts) {
            next = next.knowing(rollout.group().toString(), told(rollout.fresh(), rollout));
          }
          return next;
        });
    if (!isLastGood()) {
      requireNoneLater();
    }
  }

  /** Whether no other deployment came to a good end since this one did. */
  public boolean isLastGood() {
    return self.equals(states.find(target).state().good());
  }

  /**
   * Gives the target back to the deployment that came to a good end last, since this one went back
   * to it: what was uploaded between the two and comes late is newer than what runs.
   */
  public void giveBack() throws OperationFailed {
    change(state -> isSelf(state) ? state.ownedBy(state.good()) : state);
  }

  /** Whether this tarball turned out bad before. */
  public boolean isHeld(String sha256) {
    return states.find(target).state().held().contains(sha256);
  }

  /** Refuses this tarball from now on, or no longer. */
  public void hold(String sha256, boolean held) throws OperationFailed {
    change(
        state -> {
          List<String> digests = new ArrayList<>(state.held());
          digests.remove(sha256);
          if (held) {
            digests.add(sha256);
          }
          return digests.equals(state.held()) ? state : state.holding(digests);
        });
  }

  /** The URL of what an operator stops forward moves with, if one does. */
  public Optional<String> operatorsHold() {
    return states.hold(target);
  }

  private Known told(@Nullable String lastGood, Rollout rollout) {
    return new Known(lastGood, self.deployment(), List.of(rollout.versions()));
  }

  private boolean isSelf(TargetState state) {
    Owner owner = state.owner();
    return owner != null && owner.deployment().equals(self.deployment());
  }

  private void change(UnaryOperator<TargetState> change) throws OperationFailed {
    for (int tries = 1; ; tries++) {
      TargetStates.Stored stored = states.find(target);
      TargetState next = change.apply(stored.state());
      if (next.equals(stored.state()) || states.save(target, next, stored.generation())) {
        return;
      }
      requireMore(tries);
    }
  }

  private void requireMore(int tries) throws OperationFailed {
    if (tries == TRIES) {
      throw new OperationFailed(
          "conditionNotMet", "the state of " + target + " was written by others again and again");
    }
  }
}
