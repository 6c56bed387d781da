package slipway.rollback;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import slipway.deployment.Deployment;
import slipway.deployment.End;
import slipway.deployment.GroupStep;
import slipway.deployment.RollbackEnd;
import slipway.fault.Fault;
import slipway.record.GroupState;
import slipway.record.GroupState.State;
import slipway.rollout.Group;
import slipway.rollout.Groups;
import slipway.rollout.Made;
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

  public Rollback(RolloutStage groups, Watch watch) {
    this.groups = groups;
    this.watch = watch;
  }

  /**
   * Patches all groups, then watches each; what an earlier call patched is not patched again. What
   * stands in one group's way keeps no other from going back.
   *
   * @throws Overtaken if a later upload took the target over; or if a person put something else
   *     into a group: that stays, and the other groups are back
   */
  public void run(Deployment deployment) throws IOException, CallOver, Overtaken {
    Obstacles obstacles = new Obstacles();
    patchAll(deployment, obstacles);
    for (GroupPath path : deployment.target().groups()) {
      obstacles.requireNoneLater();
      if (deployment.isIn(path, State.ROLLING_BACK)) {
        follow(deployment, path, obstacles);
      }
    }
    obstacles.requireNoneLater();
    if (!obstacles.failures().isEmpty()) {
      deployment.ownership().leave(deployment.made(Made.Fate.UNUSED));
      deployment.write(obstacles.failed());
      return;
    }
    if (!obstacles.overtaken().isEmpty()) {
      throw obstacles.overtaken().get(0);
    }
    deployment.ownership().giveBack(deployment.made(Made.Fate.UNUSED));
    deployment.write(new RollbackEnd.RolledBack());
  }

  /** Where asking again may help, it is for the next delivery to ask: the others come first. */
  private void patchAll(Deployment deployment, Obstacles obstacles) throws IOException, CallOver {
    Exception passing = null;
    for (GroupPath path : deployment.target().groups()) {
      try {
        patch(deployment, path, obstacles);
      } catch (Fault fault) {
        obstacles.add(path, fault);
      } catch (IOException | RuntimeException failed) {
        passing = failed;
      }
    }
    throwIfAny(passing);
  }

  private static void throwIfAny(@Nullable Exception passing) throws IOException {
    if (passing instanceof IOException failed) {
      throw failed;
    }
    if (passing instanceof RuntimeException failed) {
      throw failed;
    }
  }

  private void patch(Deployment deployment, GroupPath path, Obstacles obstacles)
      throws IOException, CallOver {
    Optional<GroupState> known = deployment.group(path);
    if (known.filter(group -> group.state().isBack()).isPresent()) {
      return;
    }
    Group group = groups.read(path);
    boolean patched = known.filter(GroupState::isPatched).isPresent();
    if (!patched && !deployment.ownership().wrote(group)) {
      return;
    }
    Optional<Version> good = deployment.ownership().lastGood(path);
    if (good.isEmpty()) {
      obstacles.failures().add(noKnownGood(path));
    } else if (patched || !group.versions().equals(List.of(good.get()))) {
      Rollout back = Rollout.back(deployment.target(), path, good.get());
      try {
        // It replaces whatever runs, so nothing can have come between.
        groups.patch(back, group, deployment.ownership());
        deployment.write(new GroupStep.PatchedBack(path, good.get()));
      } catch (Overtaken overtaken) {
        obstacles.overtaken().add(overtaken);
      }
    }
  }

  private static Failure noKnownGood(GroupPath path) {
    return new Failure(
        "no-known-good",
        path.name() + " has no last known good version to go back to, and is left as it is.");
  }

  private void follow(Deployment deployment, GroupPath path, Obstacles obstacles)
      throws IOException, CallOver {
    GroupState group = deployment.group(path).orElseThrow();
    Rollout back = Rollout.back(deployment.target(), path, group.previous());
    try {
      Verdict verdict =
          watch.follow(
              back,
              Objects.requireNonNull(group.progress()),
              deployment.ownership(),
              seen -> deployment.write(new GroupStep.Observed(path, false, seen)));
      if (verdict.isGood()) {
        deployment.write(new GroupStep.Settled(path, State.ROLLED_BACK, verdict));
      } else {
        obstacles.failures().add(new Failure(verdict.code().toString(), verdict.message()));
      }
    } catch (Overtaken overtaken) {
      obstacles.overtaken().add(overtaken);
    } catch (Fault fault) {
      obstacles.add(path, fault);
    }
  }

  private record Failure(String code, String message) {}

  /**
   * What stands in the way of some groups.
   *
   * @param failures for the operator
   * @param overtaken groups that are no longer this deployment's
   * @param gone groups that do not exist any more
   */
  private record Obstacles(List<Failure> failures, List<Overtaken> overtaken, Set<GroupPath> gone) {
    Obstacles() {
      this(new ArrayList<>(), new ArrayList<>(), new HashSet<>());
    }

    void add(GroupPath path, Fault fault) {
      if (fault.code().equals(Groups.GONE)) {
        gone.add(path);
      }
      failures.add(new Failure(fault.code(), String.valueOf(fault.getMessage())));
    }

    /** One group that a person has taken is no reason to leave the others as they are. */
    void requireNoneLater() throws Overtaken {
      for (Overtaken one : overtaken) {
        if (one.by() == Overtaken.By.LATER_UPLOAD) {
          throw one;
        }
      }
    }

    End failed() {
      String messages = failures.stream().map(Failure::message).collect(joining(" "));
      return new RollbackEnd.RollbackFailed(failures.get(0).code(), messages, gone);
    }
  }
}
