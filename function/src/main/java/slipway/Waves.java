package slipway;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import slipway.fault.Fault;
import slipway.fault.OperationFailed;
import slipway.image.Image;
import slipway.image.Labels;
import slipway.record.Deployment;
import slipway.record.GroupState;
import slipway.record.GroupState.State;
import slipway.record.Records.ChangedMeanwhile;
import slipway.record.Steps;
import slipway.rollout.Group;
import slipway.rollout.Outdated;
import slipway.rollout.Overtaken;
import slipway.rollout.Rollout;
import slipway.settings.GroupPath;
import slipway.settings.Target;
import slipway.template.Template;
import slipway.template.TemplateStage;
import slipway.time.CallOver;
import slipway.verdict.Verdict;

/** Rolls one image out to a target's groups, one after the other, each with its canary first. */
final class Waves {
  private final Deployer.Stages stages;
  private final Deployment deployment;
  private final Target target;
  private final Steps steps;
  private final Image image;
  private final List<String> consoles = new ArrayList<>();

  Waves(Deployer.Stages stages, Deployment deployment, Image image) {
    this.stages = stages;
    this.deployment = deployment;
    this.target = deployment.target();
    this.steps = deployment.steps();
    this.image = image;
  }

  /**
   * Good once all groups are; otherwise the first verdict that is not.
   *
   * @throws Overtaken if a group came to hold something else, also one whose wave was over
   */
  Verdict follow()
      throws OperationFailed, Overtaken, ChangedMeanwhile, CallOver, InterruptedException {
    Verdict verdict = null;
    for (GroupPath group : target.groups()) {
      verdict = wave(group);
      if (verdict.answer() != Verdict.Answer.GOOD) {
        return verdict;
      }
    }
    for (Rollout rollout : rollouts()) {
      stages.rollout().requireUnchanged(rollout);
    }
    return Objects.requireNonNull(verdict);
  }

  /** What each group runs after a good end. */
  List<Rollout> rollouts() {
    return target.groups().stream().map(group -> rollout(group, State.ROLLING)).toList();
  }

  /** Where the serial consoles of failing instances were saved. */
  List<String> consoles() {
    return consoles;
  }

  private Verdict wave(GroupPath path)
      throws OperationFailed, Overtaken, ChangedMeanwhile, CallOver, InterruptedException {
    if (steps.isIn(path, State.GOOD)) {
      // Judged already; that nobody changed it since is seen to at the end.
      String held = path.name() + " runs the new version, and it has held.";
      return new Verdict(Verdict.Answer.GOOD, Verdict.Code.HEALTHY, held);
    }
    if (steps.group(path).isEmpty()) {
      deployment.requireNoHold();
      makeTemplate(path);
    }
    while (state(path).state() == State.WAITING) {
      tell(path, withCanary(path) ? State.CANARY : State.ROLLING);
    }
    if (state(path).state() == State.CANARY && !isTold(path, State.ROLLING)) {
      Verdict verdict = watch(path);
      if (verdict.answer() != Verdict.Answer.GOOD) {
        return verdict;
      }
    }
    if (state(path).state() == State.CANARY) {
      tell(path, State.ROLLING);
    }
    Verdict verdict = watch(path);
    if (verdict.answer() == Verdict.Answer.GOOD) {
      steps.reached(path, State.GOOD, verdict);
    }
    return verdict;
  }

  private void makeTemplate(GroupPath path)
      throws OperationFailed, ChangedMeanwhile, CallOver, InterruptedException {
    deployment.time().beat();
    Group group = stages.rollout().read(path);
    String present = deployment.ownership().present(group);
    TemplateStage.Source source =
        new TemplateStage.Source(
            base(target, present), Labels.of(target.name(), steps.id(), image));
    String name = TemplateStage.nameFor(steps.id(), path);
    Template template = stages.template().create(name, image, source, steps::carriedUnknown);
    steps.templateReady(path, target.groups().indexOf(path) + 1, present, template);
  }

  /** What is cloned for a group that runs this. */
  static String base(Target target, String present) {
    return Objects.requireNonNullElse(target.baseTemplate(), present);
  }

  private boolean withCanary(GroupPath path) {
    return target.canary().isFor(stages.rollout().read(path).targetSize());
  }

  /** Whether a call that died had told it, and could not write it down. */
  private boolean isTold(GroupPath path, State state) {
    return stages.rollout().read(path).versions().equals(rollout(path, state).versions());
  }

  private void tell(GroupPath path, State state)
      throws OperationFailed, Overtaken, ChangedMeanwhile, CallOver, InterruptedException {
    if (!isTold(path, state)) {
      deployment.requireNoHold();
    }
    try {
      stages.rollout().start(rollout(path, state), deployment.ownership(), deployment.time());
      steps.told(path, state);
    } catch (Outdated outdated) {
      steps.previously(path, outdated.lastGood());
    } catch (Fault fault) {
      if (isTold(path, state)) {
        // Compute took the patch and then refused to tell how it went.
        steps.told(path, state);
      }
      throw fault;
    }
  }

  private Verdict watch(GroupPath path)
      throws OperationFailed, Overtaken, ChangedMeanwhile, CallOver, InterruptedException {
    GroupState told = state(path);
    Rollout rollout = rollout(path, told.state());
    boolean last = path.equals(target.groups().get(target.groups().size() - 1));
    Verdict verdict =
        stages
            .watch()
            .follow(
                rollout,
                Objects.requireNonNull(told.course()),
                deployment.time(),
                seen -> steps.looked(path, last, seen));
    if (verdict.answer() != Verdict.Answer.GOOD) {
      consoles.addAll(stages.consoles().save(steps.id(), rollout));
    }
    return verdict;
  }

  private Rollout rollout(GroupPath path, State state) {
    GroupState group = state(path);
    return state == State.CANARY
        ? Rollout.canary(target, path, group.newTemplate(), group.previousTemplate())
        : Rollout.whole(target, path, group.newTemplate(), group.previousTemplate());
  }

  private GroupState state(GroupPath path) {
    Optional<GroupState> known = steps.group(path);
    return known.orElseThrow();
  }
}
