package slipway.rollout;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
  private final TargetStates states;
  private final String target;
  private final Owner self;
  private final KnownState known;
  private final Map<GroupPath, Took> took = new HashMap<>();

  public Ownership(TargetStates states, String target, Owner self) {
    this.states = states;
    this.target = target;
    this.self = self;
    this.known = new KnownState(states, target);
  }

  /**
   * Finds out early that all work would be in vain.
   *
   * @throws Overtaken if a later upload owns the target
   */
  public void requireNoneLater() throws Overtaken {
    known().requireNoneLaterThan(self);
  }

  /** Whether a later upload owns the target, which stays so. */
  public boolean isLost() {
    return state().isOwnedLaterThan(self);
  }

  /**
   * Makes sure that the group holds what the rollout gave it.
   *
   * @throws Overtaken if a later upload owns the target, or patched the group last, also one that
   *     has gone back since; or else a person changed it
   */
  public void requireHeld(Group group, Rollout rollout) throws Overtaken {
    if (!group.versions().equals(rollout.versions())) {
      throw state().overtakenBy(group, self);
    }
  }

  /**
   * Takes the target over, unless a later upload has it, and notes that this group is about to get
   * these versions. A group that this deployment finds at rest is, whoever put it there, at its
   * last known good.
   *
   * @throws Overtaken if a later upload owns the target, or the group holds what none of its
   *     deployments put there
   */
  Preparation prepare(Group group, Rollout rollout) throws Overtaken {
    return prepare(group, rollout, known.read());
  }

  private Preparation prepare(Group group, Rollout rollout, TargetStates.Stored stored)
      throws Overtaken {
    TargetState state = stored.state();
    state.requireNoneLaterThan(self);
    GroupHistory history = state.history(group.path());
    boolean ours = history.wrote(group);
    if (!ours && (self.deployment().equals(history.by()) || !group.isAtRest())) {
      throw state.overtakenBy(group, self);
    }
    Version lastGood = history.goodIn(group);
    if (rollout.previous() != null && !rollout.previous().equals(lastGood)) {
      boolean renamed = rollout.previous().template().equals(group.serving().template());
      if (lastGood != null && (ours || renamed)) {
        return Preparation.OUTDATED;
      }
      throw state.overtakenBy(group, self);
    }
    GroupHistory next =
        history
            .next(lastGood, self.deployment(), history.writtenWith(group, rollout))
            .with(took.get(group.path()));
    TargetState changed = state.ownedBy(self).with(group.path(), next);
    return known.save(changed, stored) ? Preparation.READY : Preparation.CHANGED;
  }

  /** {@link #prepare} by what is known: what stands in the way may be over by now. */
  boolean isReady(Group group, Rollout rollout) {
    try {
      return prepare(group, rollout, known.stored()) == Preparation.READY;
    } catch (Overtaken perhaps) {
      return false;
    }
  }

  /** Notes that the group holds these versions now, unless it was given others meanwhile. */
  void confirm(Rollout rollout) throws IOException {
    known.change(
        state -> {
          GroupHistory history = state.history(rollout.group());
          List<List<Version>> written = history.written();
          boolean latest =
              !written.isEmpty() && written.get(written.size() - 1).equals(rollout.versions());
          return isSelf(state) && latest
              ? state.with(rollout.group(), patched(state, history.good(), rollout))
              : state;
        });
  }

  /** The version that this group last ran well; empty if none is known. */
  public Optional<Version> lastGood(GroupPath group) {
    return Optional.ofNullable(state().history(group).good());
  }

  /** The version that this group runs, or ran well before something else began to come. */
  public Version present(Group group) {
    GroupHistory history = known().history(group.path());
    return Objects.requireNonNullElse(history.goodIn(group), group.serving());
  }

  /** The template that its next one is made of: somebody's update may wait for its instances. */
  public TemplatePath source(Group group) {
    boolean ours = known().history(group.path()).wrote(group);
    return ours ? present(group).template() : group.templates().get(0);
  }

  /** Whether the group holds what this target's deployments gave it. */
  public boolean wrote(Group group) {
    return state().history(group.path()).wrote(group);
  }

  /**
   * This template serves well in all these groups.
   *
   * @param made what the deployment made for it
   * @throws Overtaken if a later upload owns the target
   */
  public void good(List<Rollout> rollouts, Made made) throws IOException, Overtaken {
    TargetState written =
        known.change(
            state -> {
              if (!isSelf(state)) {
                return state;
              }
              TargetState next = state.goodWith(self).with(made);
              for (Rollout rollout : rollouts) {
                next =
                    next.with(rollout.group(), patched(state, rollout.versions().get(0), rollout));
              }
              return next;
            });
    if (!self.equals(written.good())) {
      written.requireNoneLaterThan(self);
    }
  }

  /** These groups have no instances, so that nothing is known of what they were given. */
  public void unseen(List<Rollout> rollouts) throws IOException {
    if (!rollouts.isEmpty()) {
      known.change(state -> isSelf(state) ? state.unseen(rollouts) : state);
    }
  }

  /** What the target's deployments made, as this call knows it. */
  public List<Made> made() {
    return known().known();
  }

  /** Notes what a deployment leaves behind that did not come to a good end. */
  public void leave(Made made) throws IOException {
    known.change(state -> state.with(made));
  }

  /** Whether no other deployment came to a good end since this one did. */
  public boolean isLastGood() {
    return self.equals(state().good());
  }

  /**
   * Gives the target back to the deployment that came to a good end last, since this one went back
   * to it: what was uploaded between the two and comes late is newer than what runs.
   *
   * @param made what it leaves behind
   */
  public void giveBack(Made made) throws IOException {
    known.change(state -> (isSelf(state) ? state.ownedBy(state.good()) : state).with(made));
  }

  /** How long the group took for such a rollout the last time; empty if that is not known. */
  public Optional<Duration> usual(Rollout rollout) {
    return known().history(rollout.group()).usual(rollout);
  }

  /** Remembers how long it took this time, once its history is written next. */
  public void took(Rollout rollout, Duration duration) {
    took.put(rollout.group(), Took.of(rollout, duration).or(took.get(rollout.group())));
  }

  /** Whether it is known that nothing of an earlier version's is left for the target. */
  public boolean isTakenOver() {
    return known.stored().generation() > 0 && known().isComplete();
  }

  /** Whether this tarball turned out bad before. */
  public boolean isBlocked(Sha256 digest) {
    return known().blocked().contains(digest) || states.isBlocked(target, digest);
  }

  /** Refuses this tarball from now on. */
  public void block(Sha256 digest) {
    states.block(target, digest, true);
  }

  /** Refuses this tarball no longer. */
  public void unblock(Sha256 digest) throws IOException {
    states.block(target, digest, false);
    known.change(state -> state.unblocking(digest));
  }

  private TargetState known() {
    return known.stored().state();
  }

  /** What is remembered of the target now. */
  public TargetState state() {
    return known.read().state();
  }

  private GroupHistory patched(TargetState state, @Nullable Version good, Rollout rollout) {
    return state
        .history(rollout.group())
        .next(good, self.deployment(), List.of(rollout.versions()))
        .with(took.get(rollout.group()));
  }

  private boolean isSelf(TargetState state) {
    return state.owner() != null && state.owner().deployment().equals(self.deployment());
  }
}
