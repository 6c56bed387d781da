package slipway;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import slipway.alarm.Alarms;
import slipway.deployment.Deployment;
import slipway.deployment.GroupStep;
import slipway.deployment.Step.ConsolesKept;
import slipway.fault.Fault;
import slipway.image.Image;
import slipway.image.Labels;
import slipway.record.GroupState;
import slipway.record.GroupState.State;
import slipway.record.GroupState.Step;
import slipway.rollout.Group;
import slipway.rollout.Instance;
import slipway.rollout.Overtaken;
import slipway.rollout.Rollout;
import slipway.rollout.Version;
import slipway.settings.GroupPath;
import slipway.settings.Target;
import slipway.template.Template;
import slipway.template.TemplateStage;
import slipway.time.CallOver;
import slipway.verdict.Baseline;
import slipway.verdict.Progress;
import slipway.verdict.Verdict;
import slipway.verdict.Watch.Observation;
import slipway.verdict.Watch.Observer;

/** Rolls the target's groups, one after the other, each step by step. */
final class Waves {
  private final Stages stages;
  private final Deployment deployment;
  private final Target target;
  private final Steps steps;
  private @Nullable Verdict last;

  /** A group as it was read for its template; its patch finds out whether it is so still. */
  private @Nullable Group read;

  Waves(Stages stages, Deployment deployment) {
    this.stages = stages;
    this.deployment = deployment;
    this.target = deployment.target();
    this.steps = new Steps(target);
  }

  /** Clones the group's template for the image, unless an earlier call did. */
  void makeTemplate(GroupPath path, Image image) throws IOException, CallOver {
    if (deployment.group(path).isPresent()) {
      return;
    }
    int wave = target.groups().indexOf(path) + 1;
    if (wave > 1) {
      // Of the first group, it was asked before the image was made, and is again before the patch.
      deployment.gate().requireOpen();
    }
    deployment.time().beat();
    Group group = stages.rollout().read(path);
    read = group;
    Version present = deployment.ownership().present(group);
    TemplateStage.Source source =
        new TemplateStage.Source(
            target.baseOr(deployment.ownership().source(group)),
            Labels.of(target.name(), deployment.id(), image));
    Template template = stages.template().create(path, image, source, deployment::logUnknownFields);
    deployment.write(new GroupStep.TemplateReady(path, wave, present, template));
  }

  /**
   * Rolls one group: its steps first, and then all of it.
   *
   * @return good, bad or cannot tell
   * @throws Overtaken if the group came to hold something else
   */
  Verdict roll(GroupPath path) throws IOException, CallOver, Overtaken {
    if (state(path).state() == State.GOOD) {
      return judgedGood(path);
    }
    if (state(path).state() == State.WAITING) {
      // Since the wave before was good, its target may have been on hold for long.
      Optional<Verdict> alarm = deployment.alarms().flatMap(stages.watch()::alarm);
      if (alarm.isPresent()) {
        return alarm.get();
      }
    }
    while (state(path).state().isBeforeAll()) {
      if (state(path).isAtStep() && !isNextTaken(path)) {
        Verdict verdict = watch(path);
        if (!verdict.isGood()) {
          return verdict;
        }
      }
      patch(asRead(path));
    }
    Verdict verdict = watch(path);
    if (verdict.isGood()) {
      deployment.write(new GroupStep.Settled(path, State.GOOD, verdict));
    }
    return verdict;
  }

  /** On the group that was rolled last. */
  Verdict lastVerdict() {
    return Objects.requireNonNull(last);
  }

  /** What each group runs after a good end. */
  List<Rollout> rollouts() {
    return target.groups().stream()
        .map(this::state)
        .map(group -> steps.rollout(group, null))
        .toList();
  }

  /** What each group runs that had instances to see the new version serve. */
  List<Rollout> seen() {
    return rollouts().stream().filter(rollout -> !isUnseen(rollout.group())).toList();
  }

  /** What the others were given. */
  List<Rollout> unseen() {
    return rollouts().stream().filter(rollout -> isUnseen(rollout.group())).toList();
  }

  private boolean isUnseen(GroupPath path) {
    return Objects.requireNonNull(state(path).progress()).isUnseen();
  }

  /** Of a group that was judged before. */
  private Verdict judgedGood(GroupPath path) {
    boolean unseen = isUnseen(path);
    return latest(
        new Verdict(
            Verdict.Answer.GOOD,
            unseen ? Verdict.Code.UNSEEN : Verdict.Code.HEALTHY,
            path.name()
                + (unseen
                    ? " has no instances, and was given the new version."
                    : " runs the new version, and was judged good.")));
  }

  private boolean isNextTaken(GroupPath path) throws IOException, CallOver {
    return steps.isNextTaken(state(path), stages.rollout().read(path));
  }

  /** Once as it was read for its template, and then as it is now. */
  private Group asRead(GroupPath path) throws IOException, CallOver {
    Group known = read;
    read = null;
    return known != null && known.path().equals(path) ? known : stages.rollout().read(path);
  }

  /** Gives the group its next step, or the new version everywhere. */
  private void patch(Group group) throws IOException, CallOver, Overtaken {
    GroupPath path = group.path();
    Step step = steps.next(state(path), group);
    Rollout rollout = steps.rollout(state(path), step);
    boolean patched = group.versions().equals(rollout.versions());
    if (!patched) {
      deployment.gate().requireOpen();
      if (step == null) {
        deployment.gate().requireApproval(path);
      }
    }
    Baseline before = patched ? null : stages.watch().before(rollout, group);
    Alarms alarms = alarms(patched);
    try {
      deployment.write(
          stages.rollout().patch(rollout, group, deployment.ownership())
              ? new GroupStep.Patched(path, step, before, alarms)
              : new GroupStep.PreviousChanged(
                  path, deployment.ownership().present(stages.rollout().read(path))));
    } catch (Fault fault) {
      if (stages.rollout().read(path).versions().equals(rollout.versions())) {
        // Compute took the patch and then refused to tell how it went.
        deployment.write(new GroupStep.Patched(path, step, before, alarms));
      }
      throw fault;
    }
  }

  /** Of the first group that is patched: from then on all that an alert tells may be our doing. */
  private @Nullable Alarms alarms(boolean patched) {
    if (target.alarms().isEmpty() || deployment.isPatched()) {
      return deployment.alarms().orElse(null);
    }
    return patched
        ? stages.alarm().beginAfterwards(target, deployment.stageAt())
        : stages.alarm().begin(target, deployment.time().now());
  }

  private Verdict watch(GroupPath path) throws IOException, CallOver, Overtaken {
    GroupState group = state(path);
    Rollout rollout = steps.present(group);
    Progress progress = Objects.requireNonNull(group.progress());
    Progress begun = deployment.stands() ? progress.resumingAt(deployment.time().now()) : progress;
    Verdict verdict = stages.watch().follow(rollout, begun, deployment.ownership(), observer(path));
    if (!verdict.isGood()) {
      keepConsoles(stages.consoles().failing(rollout));
    }
    return latest(verdict);
  }

  private Observer observer(GroupPath path) {
    boolean last = target.isLast(path);
    return new Observer() {
      @Override
      public void beforeLook() {
        deployment.gate().requireNoAbort();
      }

      @Override
      public void observe(Observation seen) throws IOException, CallOver {
        deployment.write(new GroupStep.Observed(path, last, seen));
        keepConsoles(stages.consoles().newlyIll(seen.ill()));
      }
    };
  }

  private void keepConsoles(List<Instance> ill) throws IOException, CallOver {
    if (!ill.isEmpty()) {
      List<String> kept = deployment.consoles();
      deployment.write(new ConsolesKept(stages.consoles().keep(deployment.id(), kept, ill)));
    }
  }

  /** Of a group that was seen, and one that was not, the one that was says how it went. */
  private Verdict latest(Verdict verdict) {
    boolean seenBefore = last != null && last.isGood() && last.code() != Verdict.Code.UNSEEN;
    if (!seenBefore || verdict.code() != Verdict.Code.UNSEEN) {
      last = verdict;
    }
    return verdict;
  }

  private GroupState state(GroupPath path) {
    Optional<GroupState> known = deployment.group(path);
    return known.orElseThrow();
  }
}
