package slipway;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import slipway.record.GroupState;
import slipway.record.GroupState.Step;
import slipway.rollout.Group;
import slipway.rollout.Rollout;
import slipway.settings.Size;
import slipway.settings.Target;

/**
 * What a group is given, one after the other: the target's steps, and then the new version
 * everywhere. A step under way is the one in the record, whatever the settings say by now.
 */
final class Steps {
  private final Target target;

  Steps(Target target) {
    this.target = target;
  }

  /** What the group was given last, or is given as a whole. */
  Rollout present(GroupState state) {
    return rollout(state, state.isAtStep() ? taken(state) : null);
  }

  /** What it is given with this step; null: all follow. */
  Rollout rollout(GroupState state, @Nullable Step step) {
    Rollout whole = Rollout.whole(target, state.group(), state.newTemplate(), state.previous());
    return step == null ? whole : whole.first(size(step), Duration.ofSeconds(step.soakSeconds()));
  }

  /**
   * The step that the group takes next: the one that it holds already, of a call that died; or the
   * first that leaves some instances and takes none back. Null if all follow.
   */
  @Nullable Step next(GroupState state, Group group) {
    Optional<Step> held = held(state, group);
    if (held.isPresent()) {
      return held.get();
    }
    int present = state.isAtStep() ? size(taken(state)).of(group.targetSize()) : 0;
    return after(state).stream()
        .filter(step -> target.steps().get(step.number() - 1).isFor(group.targetSize()))
        .filter(step -> size(step).of(group.targetSize()) >= present)
        .findFirst()
        .orElse(null);
  }

  /** Whether a call that died had given the group what comes next, and could not write it down. */
  boolean isNextTaken(GroupState state, Group group) {
    return held(state, group).isPresent()
        || group.versions().equals(rollout(state, null).versions());
  }

  private Optional<Step> held(GroupState state, Group group) {
    return after(state).stream()
        .filter(step -> group.versions().equals(rollout(state, step).versions()))
        .findFirst();
  }

  private List<Step> after(GroupState state) {
    int taken = state.isAtStep() ? taken(state).number() : 0;
    return IntStream.range(taken, target.steps().size()).mapToObj(this::step).toList();
  }

  /** Records of 0.1 do not say which: it was the one there is, by default of one for a minute. */
  private Step taken(GroupState state) {
    if (state.step() != null) {
      return state.step();
    }
    return target.steps().isEmpty() ? new Step(1, 1, "1", 60) : step(0);
  }

  private Step step(int index) {
    Target.Step step = target.steps().get(index);
    return new Step(
        index + 1, target.steps().size(), step.size().toString(), step.soak().toSeconds());
  }

  private static Size size(Step step) {
    return Size.of(step.size()).orElseThrow();
  }
}
