package slipway.rollback;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import slipway.fault.Fault;
import slipway.fault.OperationFailed;
import slipway.record.Deployment;
import slipway.record.GroupState;
import slipway.record.GroupState.State;
import slipway.record.Records.ChangedMeanwhile;
import slipway.rollout.Group;
import slipway.rollout.Outdated;
import slipway.rollout.Overtaken;
import slipway.rollout.Rollout;
import slipway.rollout.RolloutStage;
import slipway.rollout.Version;
import slipway.settings.GroupPath;
import slipway.time.CallOver;
import slipway.verdict.Verdict;
import slipway.verdict.Watch;

/** Puts every group of a target back to its last known good version, once. */
public final class Rollback {
  private final RolloutStage groups;
  private final Watch watch;

  /** Tells and watches these. */
  public Rollback(RolloutStage groups, Watch watch) {
    this.groups = groups;
    this.watch = watch;
  }

  /**
   * Tells all groups, then watches each; what an earlier call told is not told again. What stands
   * in one group's way keeps no other from going back.
   *
   * @throws Overtaken if a later upload took the target over; or if a person put something else
   *     into a group: that stays, and the other groups are back
   */
  public void run(Deployment deployment)
      throws OperationFailed, Overtaken, ChangedMeanwhile, CallOver, InterruptedException {
    Obstacles obstacles = new Obstacles(new ArrayList<>(), new ArrayList<>());
    tellAll(deployment, obstacles);
    for (GroupPath path : deployment.target().groups()) {
      if (deployment.steps().isIn(path, State.ROLLING_BACK)) {
        follow(deployment, path, obstacles);
      }
    }
    if (!obstacles.failures().isEmpty()) {
      obstacles.fail(deployment);
      return;
    }
    if (!obstacles.persons().isEmpty()) {
      throw obstacles.persons().get(0);
    }
    deployment.ownership().giveBack();
    deployment.ending().rolledBack();
  }

  /** Where asking again may help, it is for the next delivery to ask: the others come first. */
  private void tellAll(Deployment deployment, Obstacles obstacles)
      throws OperationFailed, Overtaken, ChangedMeanwhile, CallOver, InterruptedException {
    Exception passing = null;
    for (GroupPath path : deployment.target().groups()) {
      try {
        tell(deployment, path, obstacles);
      } catch (Fault fault) {
        obstacles.add(fault);
      } catch (OperationFailed | RuntimeException failed) {
        passing = failed;
      }
    }
    if (passing instanceof OperationFailed failed) {
      throw failed;
    }
    if (passing instanceof RuntimeException failed) {
      throw failed;
    }
  }

  private void tell(Deployment deployment, GroupPath path, Obstacles obstacles)
      throws OperationFailed, Overtaken, ChangedMeanwhile, CallOver, InterruptedException {
    Optional<GroupState> known = deployment.steps().group(path);
    if (known.filter(group -> group.state().isBack()).isPresent()) {
      return;
    }
    Group group = groups.read(path);
    boolean told = known.filter(state -> state.course() != null).isPresent();
    if (!told && !deployment.ownership().wrote(group)) {
      return;
    }
    Optional<String> good = deployment.ownership().lastGood(path);
    if (good.isEmpty()) {
      String message = "Nobody knows a good version of " + path.name() + ": it is left as it is.";
      obstacles.failures().add(new Failure("no-known-good", message));
    } else if (told || !group.versions().equals(List.of(Version.rest(good.get())))) {
      Rollout back = Rollout.back(deployment.target(), path, good.get());
      try {
        groups.start(back, deployment.ownership(), deployment.time());
        deployment.steps().toldBack(path, good.get());
      } catch (Overtaken overtaken) {
        obstacles.add(deployment.ownership().explain(overtaken));
      } catch (Outdated outdated) {
        throw new IllegalStateException("going back is told whatever runs", outdated);
      }
    }
  }

  private void follow(Deployment deployment, GroupPath path, Obstacles obstacles)
      throws OperationFailed, Overtaken, ChangedMeanwhile, CallOver, InterruptedException {
    GroupState told = deployment.steps().group(path).orElseThrow();
    Rollout back = Rollout.back(deployment.target(), path, told.previousTemplate());
    try {
      Verdict verdict =
          watch.follow(
              back,
              Objects.requireNonNull(told.course()),
              deployment.time(),
              seen -> deployment.steps().looked(path, false, seen));
      if (verdict.answer() == Verdict.Answer.GOOD) {
        deployment.steps().reached(path, State.ROLLED_BACK, verdict);
      } else {
        obstacles.failures().add(new Failure(verdict.code().toString(), verdict.message()));
      }
    } catch (Overtaken overtaken) {
      obstacles.add(deployment.ownership().explain(overtaken));
    } catch (Fault fault) {
      obstacles.add(fault);
    }
  }

  private record Failure(String code, String message) {}

  /**
   * What stands in the way of some groups.
   *
   * @param failures for the operator
   * @param persons what was put into groups by hand
   */
  private record Obstacles(List<Failure> failures, List<Overtaken> persons) {
    void add(Fault fault) {
      failures.add(new Failure(fault.code(), String.valueOf(fault.getMessage())));
    }

    /** One group that a person has taken is no reason to leave the others as they are. */
    void add(Overtaken overtaken) throws Overtaken {
      if (overtaken.byUpload()) {
        throw overtaken;
      }
      persons.add(overtaken);
    }

    void fail(Deployment deployment) throws ChangedMeanwhile {
      String messages = failures.stream().map(Failure::message).collect(Collectors.joining(" "));
      deployment.ending().rollbackFailed(failures.get(0).code(), messages);
    }
  }
}
