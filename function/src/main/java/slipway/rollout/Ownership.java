package slipway.rollout;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import slipway.artifact.Sha256;
import slipway.rollout.TargetState.GroupHistory;
import slipway.rollout.TargetState.Owner;
import slipway.settings.GroupPath;
import slipway.settings.TemplatePath;

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
    requireNoneLater(state());
  }

  private void requireNoneLater(TargetState state) throws Overtaken {
    Owner owner = state.owner();
    if (owner != null && owner.isLaterThan(self)) {
      throw Overtaken.byLater(owner.deployment());
    }
  }

  /** Whether a later upload owns the target, which stays so. */
  public boolean isLost() {
    Owner owner = state().owner();
    return owner != null && owner.isLaterThan(self);
  }

  /**
   * Makes sure that the group holds what the rollout gave it.
   *
   * @throws Overtaken if a later upload owns the target, or patched the group last, also one that
   *     has gone back since; or else a person changed it
   */
  public void requireHeld(Group group, Rollout rollout) throws Overtaken {
    if (!group.versions().equals(rollout.versions())) {
      throw overtakenBy(group, state());
    }
  }

  private Overtaken overtakenBy(Group group, TargetState state) {
    Owner owner = state.owner();
    if (owner != null && owner.isLaterThan(self)) {
      return Overtaken.byLater(owner.deployment());
    }
    GroupHistory history = state.history(group.path());
    String by = history.by();
    return by != null && !by.equals(self.deployment()) && history.wrote(group)
        ? Overtaken.byLater(by)
        : Overtaken.byForeignChange(group);
  }

  TargetStates.Stored read() {
    return states.find(target);
  }

  /** Whether a group may be patched now. */
  enum Preparation {
    /** The target is this deployment's, and what the group is about to get is noted. */
    READY,
    /** The group runs something else well: an earlier upload came to a good end meanwhile. */
    OUTDATED,
    /** Another call wrote the state since it was read. */
    CHANGED
  }

  /**
   * Takes the target over, unless a later upload has it, and notes that this group is about to get
   * these versions. A group that this deployment finds at rest is, whoever put it there, at its
   * last known good.
   *
   * @param stored the target's state, read after the group
   * @throws Overtaken if a later upload owns the target, or the group holds what none of its
   *     deployments put there
   */
  Preparation prepare(Group group, Rollout rollout, TargetStates.Stored stored) throws Overtaken {
    TargetState state = stored.state();
    requireNoneLater(state);
    GroupHistory history = state.history(group.path());
    boolean ours = history.wrote(group);
    if (!ours && (self.deployment().equals(history.by()) || !group.isAtRest())) {
      throw overtakenBy(group, state);
    }
    Version lastGood = history.goodIn(group);
    if (rollout.previous() != null && !rollout.previous().equals(lastGood)) {
      boolean renamed = rollout.previous().template().equals(group.serving().template());
      if (lastGood != null && (ours || renamed)) {
        return Preparation.OUTDATED;
      }
      throw overtakenBy(group, state);
    }
    GroupHistory next =
        GroupHistory.of(lastGood, self.deployment(), history.writtenWith(group, rollout));
    TargetState changed = state.ownedBy(self).with(group.path(), next);
    return states.save(target, changed, stored.generation())
        ? Preparation.READY
        : Preparation.CHANGED;
  }

  /** Notes that the group holds these versions now, unless it was given others meanwhile. */
  void confirm(Rollout rollout) throws IOException {
    change(
        state -> {
          GroupHistory history = state.history(rollout.group());
          List<List<Version>> written = history.written();
          boolean latest =
              !written.isEmpty() && written.get(written.size() - 1).equals(rollout.versions());
          return isSelf(state) && latest
              ? state.with(rollout.group(), patched(history.good(), rollout))
              : state;
        });
  }

  /** The version that this group last ran well; empty if none is known. */
  public Optional<Version> lastGood(GroupPath group) {
    return Optional.ofNullable(state().history(group).good());
  }

  /** The version that this group runs, or ran well before something else began to come. */
  public Version present(Group group) {
    return Objects.requireNonNullElse(state().history(group.path()).goodIn(group), group.serving());
  }

  /** The template that its next one is made of: somebody's update may wait for its instances. */
  public TemplatePath source(Group group) {
    return wrote(group) ? present(group).template() : group.templates().get(0);
  }

  /** Whether the group holds what this target's deployments gave it. */
  public boolean wrote(Group group) {
    return state().history(group.path()).wrote(group);
  }

  /**
   * This template serves well in all these groups.
   *
   * @throws Overtaken if a later upload owns the target
   */
  public void good(List<Rollout> rollouts) throws IOException, Overtaken {
    change(
        state -> {
          if (!isSelf(state)) {
            return state;
          }
          TargetState next = state.goodWith(self);
          for (Rollout rollout : rollouts) {
            next = next.with(rollout.group(), patched(rollout.versions().get(0), rollout));
          }
          return next;
        });
    if (!isLastGood()) {
      requireNoneLater();
    }
  }

  /** These groups have no instances, so that nothing is known of what they were given. */
  public void unseen(List<Rollout> rollouts) throws IOException {
    change(state -> isSelf(state) ? state.unseen(rollouts) : state);
  }

  /** Whether no other deployment came to a good end since this one did. */
  public boolean isLastGood() {
    return self.equals(state().good());
  }

  /**
   * Gives the target back to the deployment that came to a good end last, since this one went back
   * to it: what was uploaded between the two and comes late is newer than what runs.
   */
  public void giveBack() throws IOException {
    change(state -> isSelf(state) ? state.ownedBy(state.good()) : state);
  }

  /** Whether this tarball turned out bad before. */
  public boolean isBlocked(Sha256 digest) {
    return state().blocked().contains(digest);
  }

  /** Refuses this tarball from now on, or no longer. */
  public void block(Sha256 digest, boolean blocked) throws IOException {
    change(
        state -> {
          List<Sha256> digests = new ArrayList<>(state.blocked());
          digests.remove(digest);
          if (blocked) {
            digests.add(digest);
          }
          return digests.equals(state.blocked()) ? state : state.blocking(digests);
        });
  }

  private TargetState state() {
    return read().state();
  }

  private GroupHistory patched(@Nullable Version lastGood, Rollout rollout) {
    return GroupHistory.of(lastGood, self.deployment(), List.of(rollout.versions()));
  }

  private boolean isSelf(TargetState state) {
    Owner owner = state.owner();
    return owner != null && owner.deployment().equals(self.deployment());
  }

  private void change(UnaryOperator<TargetState> change) throws IOException {
    for (int tries = 1; tries <= TRIES; tries++) {
      TargetStates.Stored stored = read();
      TargetState next = change.apply(stored.state());
      if (next.equals(stored.state()) || states.save(target, next, stored.generation())) {
        return;
      }
    }
    throw new IOException(
        "the state of " + target + " was written by other calls " + TRIES + " times in a row");
  }
}
