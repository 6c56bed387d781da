package slipway.rollback;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import slipway.fault.Fault;
import slipway.fault.OperationFailed;
import slipway.record.Deployment;
import slipway.record.GroupState;
import slipway.record.GroupState.State;
import slipway.record.Records.ChangedMeanwhile;
import slipway.rollout.Group;
import slipway.rollout.Overtaken;
import slipway.rollout.Rollout;
import slipway.rollout.RolloutStage;
import slipway.rollout.Version;
import slipway.settings.GroupPath;
import slipway.time.CallOver;
import slipway.verdict.Course;
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
   * Tells all groups, then watches each; what an earlier call told is not told again.
   *
   * @throws Overtaken if a later upload took the target over; or if a person put something else
   *     into a group: that stays, and the other groups are back
   */
  public void run(Deployment deployment)
      throws OperationFailed, Overtaken, ChangedMeanwhile, CallOver, InterruptedException {
    List<Overtaken> byPersons = new ArrayList<>();
    try {
      for (GroupPath path : deployment.target().groups()) {
        tell(deployment, path, byPersons);
      }
      for (GroupPath path : deployment.target().groups()) {
        Optional<Verdict> bad = follow(deployment, path, byPersons);
        if (bad.isPresent()) {
          deployment.ending().rollbackFailed(bad.get().code().toString(), bad.get().message());
          return;
        }
      }
    } catch (NoKnownGood none) {
      deployment.ending().rollbackFailed("no-known-good", String.valueOf(none.getMessage()));
      return;
    } catch (Fault fault) {
      deployment.ending().rollbackFailed(fault.code(), String.valueOf(fault.getMessage()));
      return;
    }
    if (!byPersons.isEmpty()) {
      throw byPersons.get(0);
    }
    deployment.ownership().giveBack();
    deployment.ending().rolledBack();
  }

  private void tell(Deployment deployment, GroupPath path, List<Overtaken> byPersons)
      throws OperationFailed,
          Overtaken,
          ChangedMeanwhile,
          CallOver,
          InterruptedException,
          NoKnownGood {
    Optional<GroupState> known = deployment.steps().group(path);
    if (known.filter(group -> group.state().isBack()).isPresent()) {
      return;
    }
    Group group = groups.read(path);
    Optional<String> lastGood = deployment.ownership().lastGood(path);
    boolean told = known.filter(state -> state.course() != null).isPresent();
    if (!deployment.ownership().wrote(group) && (lastGood.isEmpty() || !told)) {
      return;
    }
    String good = lastGood.orElseThrow(() -> new NoKnownGood(path));
    if (told || !group.versions().equals(List.of(Version.rest(good)))) {
      Rollout back = Rollout.back(deployment.target(), path, good);
      try {
        groups.start(back, deployment.ownership(), deployment.time());
        deployment.steps().toldBack(path, good);
      } catch (Overtaken overtaken) {
        byPersons.add(requireByPerson(overtaken));
      }
    }
  }

  private Optional<Verdict> follow(Deployment deployment, GroupPath path, List<Overtaken> byPersons)
      throws OperationFailed, Overtaken, ChangedMeanwhile, CallOver, InterruptedException {
    if (!deployment.steps().isIn(path, State.ROLLING_BACK)) {
      return Optional.empty();
    }
    String good = deployment.steps().group(path).orElseThrow().previousTemplate();
    Course course =
        Optional.ofNullable(deployment.steps().group(path).orElseThrow().course()).orElseThrow();
    Rollout back = Rollout.back(deployment.target(), path, good);
    try {
      Verdict verdict =
          watch.follow(
              back,
              course,
              deployment.time(),
              seen -> deployment.steps().looked(path, false, seen));
      if (verdict.answer() != Verdict.Answer.GOOD) {
        return Optional.of(verdict);
      }
      deployment.steps().reached(path, State.ROLLED_BACK, verdict);
    } catch (Overtaken overtaken) {
      byPersons.add(requireByPerson(overtaken));
    }
    return Optional.empty();
  }

  /** One group that a person has taken is no reason to leave the others as they are. */
  private static Overtaken requireByPerson(Overtaken overtaken) throws Overtaken {
    if (overtaken.byUpload()) {
      throw overtaken;
    }
    return overtaken;
  }

  private static final class NoKnownGood extends Exception {
    private static final long serialVersionUID = 1L;

    NoKnownGood(GroupPath path) {
      super("Nobody knows a good version of " + path.name() + ": it is left as it is.");
    }
  }
}
