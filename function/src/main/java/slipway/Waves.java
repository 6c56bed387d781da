package slipway;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import slipway.alarm.Alarms;
import slipway.deployment.Deployment;
import slipway.deployment.GroupStep;
import slipway.deployment.Step;
import slipway.fault.Fault;
import slipway.image.Image;
import slipway.image.Labels;
import slipway.record.GroupState;
import slipway.record.GroupState.State;
import slipway.rollout.Group;
import slipway.rollout.Instance;
import slipway.rollout.Overtaken;
import slipway.rollout.Ownership;
import slipway.rollout.Rollout;
import slipway.rollout.Version;
import slipway.settings.GroupPath;
import slipway.settings.Target;
import slipway.settings.TemplatePath;
import slipway.template.Template;
import slipway.template.TemplateStage;
import slipway.time.CallOver;
import slipway.verdict.Baseline;
import slipway.verdict.Verdict;

/** Rolls the target's groups, one after the other, each with its canary first. */
final class Waves {
  private final Stages stages;
  private final Deployment deployment;
  private final Target target;
  private @Nullable Verdict last;

  /** A group as it was read for its template; its patch finds out whether it is so still. */
  private @Nullable Group read;

  Waves(Stages stages, Deployment deployment) {
    this.stages = stages;
    this.deployment = deployment;
    this.target = deployment.target();
  }

  /** Clones the group's template for the image, unless an earlier call did. */
  void makeTemplate(GroupPath path, Image image) throws IOException, CallOver {
    if (deployment.group(path).isPresent()) {
      return;
    }
    int wave = target.groups().indexOf(path) + 1;
    if (wave > 1) {
      // Of the first group, it was asked before the image was made, and is again before the patch.
      deployment.requireNoHold();
    }
    deployment.time().beat();
    Group group = stages.rollout().read(path);
    read = group;
    Version present = deployment.ownership().present(group);
    TemplateStage.Source source =
        new TemplateStage.Source(
            base(target, deployment.ownership().source(group)),
            Labels.of(target.name(), deployment.id(), image));
    Template template = stages.template().create(path, image, source, deployment::logUnknownFields);
    deployment.write(new GroupStep.TemplateReady(path, wave, present, template));
  }

  /** What is cloned for each of the target's groups. */
  static List<TemplatePath> sources(Target target, List<Group> groups, Ownership ownership) {
    return groups.stream().map(group -> base(target, ownership.source(group))).toList();
  }

  /** What is cloned for a group of this template. */
  private static TemplatePath base(Target target, TemplatePath own) {
    return Objects.requireNonNullElse(target.baseTemplate(), own);
  }

  /**
   * Rolls one group, its canary first.
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
    while (state(path).state() == State.WAITING) {
      Group group = asRead(path);
      boolean canary = target.canary().isFor(group.targetSize());
      patch(group, canary ? State.CANARY : State.ROLLING);
    }
    if (state(path).state() == State.CANARY) {
      // A call that died may have patched the rest, and could not write it down.
      Verdict canary = isPatched(path, State.ROLLING) ? judgedGood(path) : watch(path);
      if (!canary.isGood()) {
        return canary;
      }
      patch(stages.rollout().read(path), State.ROLLING);
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
    return target.groups().stream().map(group -> rollout(group, State.ROLLING)).toList();
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

  /** Once as it was read for its template, and then as it is now. */
  private Group asRead(GroupPath path) throws IOException, CallOver {
    Group known = read;
    read = null;
    return known != null && known.path().equals(path) ? known : stages.rollout().read(path);
  }

  /** Whether a call that died had patched it so, and could not write it down. */
  private boolean isPatched(GroupPath path, State state) throws IOException, CallOver {
    return stages.rollout().read(path).versions().equals(rollout(path, state).versions());
  }

  private void patch(Group group, State state) throws IOException, CallOver, Overtaken {
    GroupPath path = group.path();
    Rollout rollout = rollout(path, state);
    boolean patched = group.versions().equals(rollout.versions());
    if (!patched) {
      deployment.requireNoHold();
    }
    Baseline before = patched ? null : stages.watch().before(rollout, group);
    Alarms alarms = alarms(patched);
    try {
      deployment.write(
          stages.rollout().patch(rollout, group, deployment.ownership())
              ? new GroupStep.Patched(path, state, before, alarms)
              : new GroupStep.PreviousChanged(
                  path, deployment.ownership().present(stages.rollout().read(path))));
    } catch (Fault fault) {
      if (isPatched(path, state)) {
        // Compute took the patch and then refused to tell how it went.
        deployment.write(new GroupStep.Patched(path, state, before, alarms));
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
    Rollout rollout = rollout(path, group.state());
    boolean last = path.equals(target.groups().get(target.groups().size() - 1));
    Verdict verdict =
        stages
            .watch()
            .follow(
                rollout,
                Objects.requireNonNull(group.progress()),
                deployment.ownership(),
                seen -> {
                  deployment.write(new GroupStep.Observed(path, last, seen));
                  keepConsoles(stages.consoles().newlyIll(seen.ill()));
                });
    if (!verdict.isGood()) {
      keepConsoles(stages.consoles().failing(rollout));
    }
    return latest(verdict);
  }

  private void keepConsoles(List<Instance> ill) throws IOException, CallOver {
    if (!ill.isEmpty()) {
      List<String> kept = deployment.consoles();
      deployment.write(new Step.ConsolesKept(stages.consoles().keep(deployment.id(), kept, ill)));
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

  private Rollout rollout(GroupPath path, State state) {
    GroupState group = state(path);
    return state == State.CANARY
        ? Rollout.canary(target, path, group.newTemplate(), group.previous())
        : Rollout.whole(target, path, group.newTemplate(), group.previous());
  }

  private GroupState state(GroupPath path) {
    Optional<GroupState> known = deployment.group(path);
    return known.orElseThrow();
  }
}
