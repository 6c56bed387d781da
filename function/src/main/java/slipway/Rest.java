package slipway;

import java.util.Objects;
import java.util.Optional;
import slipway.deployment.Deployment;
import slipway.deployment.GroupStep;
import slipway.record.GroupState;
import slipway.record.GroupState.State;
import slipway.record.Stage;
import slipway.rollout.Overtaken;
import slipway.rollout.Rollout;
import slipway.settings.GroupPath;
import slipway.time.CallOver;
import slipway.verdict.Progress;
import slipway.verdict.Verdict;
import slipway.verdict.Watch;
import slipway.verdict.Watch.Observation;

/**
 * A deployment that takes no call meanwhile: it soaks for long, or waits for a person. Each sweep
 * looks once; what must change, a call of its own changes.
 */
final class Rest {
  private final Stages stages;
  private final Deployment deployment;
  private final Steps steps;

  Rest(Stages stages, Deployment deployment) {
    this.stages = stages;
    this.deployment = deployment;
    this.steps = new Steps(deployment.target());
  }

  /** Whether the record says that it rests. */
  boolean isResting() {
    boolean forward = deployment.stage().compareTo(Stage.ROLLING_BACK) < 0;
    return forward && (deployment.stands() || underWay().filter(this::soaksLong).isPresent());
  }

  /**
   * Looks once, and notes what a later look needs to know.
   *
   * @return whether all is as it shall be, and it is not due
   * @throws Overtaken if the group came to hold something else
   * @throws CallOver if a call works on it by now
   */
  boolean isQuiet() throws Overtaken, CallOver {
    if (deployment.gate().isAborted()) {
      return false;
    }
    Optional<GroupState> group = underWay();
    return group.isPresent() ? isQuiet(group.get()) : !deployment.gate().isDecided();
  }

  private boolean isQuiet(GroupState group) throws Overtaken, CallOver {
    Rollout rollout = steps.present(group);
    Progress before = Objects.requireNonNull(group.progress());
    Observation look = stages.watch().once(rollout, before, deployment.ownership());
    if (!look.ill().isEmpty() || !isAsItShallBe(look)) {
      return false;
    }
    boolean last = deployment.target().isLast(group.group());
    deployment.note(new GroupStep.Observed(group.group(), last, look));
    return look.seen() == null || look.isSoaking() || !deployment.gate().isDecided();
  }

  /** A lost look says nothing, until too many were. */
  private boolean isAsItShallBe(Observation look) {
    if (look.seen() == null) {
      return !look.verdict().isFinal();
    }
    boolean alarm = look.verdict().code() == Verdict.Code.ALARM;
    boolean waits = deployment.stands() && look.progress().healthySince() != null;
    return look.isSoaking() || waits && !alarm;
  }

  /** The group whose instances are watched; one that was judged good is not any more. */
  private Optional<GroupState> underWay() {
    for (GroupPath path : deployment.target().groups()) {
      Optional<GroupState> group = deployment.group(path);
      if (group.filter(one -> one.state() != State.GOOD).isPresent()) {
        return group.filter(GroupState::isPatched);
      }
    }
    return Optional.empty();
  }

  private boolean soaksLong(GroupState group) {
    Progress progress = group.progress();
    return progress != null
        && progress.healthySince() != null
        && Watch.isLong(steps.present(group));
  }
}
