package slipway.prune;

import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import slipway.audit.AuditLine;
import slipway.deployment.Deployment;
import slipway.image.Images;
import slipway.prune.Decision.Action;
import slipway.prune.Decision.Kind;
import slipway.rollout.Made;
import slipway.rollout.TargetState;
import slipway.rollout.TargetStates;
import slipway.settings.Target;
import slipway.settings.Targets;
import slipway.settings.TemplatePath;
import slipway.template.Templates;
import slipway.time.CallOver;
import slipway.upload.DeploymentId;

/** Deletes what the plan lets go, and what overtaken deployments made. */
public final class Prune {
  /**
   * Of 256 KiB, which is the most that an entry of Cloud Logging holds, each takes 300 bytes at
   * most: https://cloud.google.com/logging/quotas.
   */
  private static final int MOST_LOGGED = 800;

  private final Images images;
  private final Templates templates;
  private final TargetStates states;

  public Prune(Images images, Templates templates, TargetStates states) {
    this.images = images;
    this.templates = templates;
    this.states = states;
  }

  /**
   * Prunes a target after a good end of a deployment, unless another of its deployments is open, or
   * what earlier versions made for it is not known yet. What fails is logged and left to the next
   * time: the new version serves all the same.
   *
   * @param all every target of the function, since one may go back to a template of another
   */
  public void run(Deployment deployment, Targets all) {
    try {
      TargetState state = deployment.ownership().state();
      if (!state.isComplete() || deployment.isBesideAnother()) {
        return;
      }
      Inventory inventory = inventory(deployment, state, all);
      requireOwn(deployment, inventory);
      Target target = deployment.target();
      List<Decision> plan = Retention.decide(inventory, target.keep(), deployment.time().now());
      planned(deployment, plan);
      Changes changes = new Changes(images, templates, deployment, inventory);
      changes.makeAll(plan);
      states.change(target.name(), now -> now.making(changes.rest(now.known())));
    } catch (IOException | RuntimeException failed) {
      Changes.failed(deployment, "The target", failed);
    }
  }

  /** That Compute filters by an image is inferred: what boots now shows whether it does. */
  private static void requireOwn(Deployment deployment, Inventory inventory) {
    List<TemplatePath> own = deployment.made(Made.Fate.GOOD).templates();
    if (!inventory.booting().stream().map(Templates.Listed::path).toList().containsAll(own)) {
      throw new IllegalStateException("Compute Engine does not list " + own + ", which are there");
    }
  }

  /**
   * What a good end of this deployment would prune, as things are now; reads and changes nothing.
   */
  public List<String> foreseen(Deployment deployment, Targets all) {
    Target target = deployment.target();
    Inventory inventory = inventory(deployment, deployment.ownership().state(), all);
    return Retention.decide(inventory, target.keep(), deployment.time().now()).stream()
        .filter(decision -> decision.action() != Action.KEEP)
        .map(Decision::toString)
        .toList();
  }

  private Inventory inventory(Deployment deployment, TargetState state, Targets all) {
    String target = deployment.target().name();
    Set<TemplatePath> needed = new HashSet<>(state.templates());
    needed.addAll(
        states.borrowed(
            all.all().stream()
                .map(Target::name)
                .filter(name -> !name.equals(target))
                .collect(toSet())));
    all.all().stream().flatMap(one -> Stream.ofNullable(one.baseTemplate())).forEach(needed::add);
    List<Templates.Listed> booting = templates.booting(DeploymentId.patternFor(target));
    return Inventory.of(state.known(), booting, needed);
  }

  /**
   * Deletes what a deployment made that a later upload has overtaken; what its target's state names
   * or Compute says is in use stays, and so does what fails: a later pruning deletes it.
   *
   * @throws CallOver if the call's time ends first
   */
  public void leftovers(Deployment deployment) throws CallOver {
    try {
      if (!deployment.ownership().isLost()) {
        return;
      }
      TargetState state = deployment.ownership().state();
      Made made = deployment.made(Made.Fate.OVERTAKEN);
      Set<TemplatePath> needed = new HashSet<>(state.templates());
      Stream.ofNullable(deployment.target().baseTemplate()).forEach(needed::add);
      Inventory inventory =
          Inventory.of(List.of(made), templates.booting(made.image().value()), needed);
      Changes changes = new Changes(images, templates, deployment, inventory);
      String reason = "its deployment was overtaken";
      for (TemplatePath path : inventory.made().get(0).templates()) {
        if (!needed.contains(path)) {
          changes.make(new Decision(Action.DELETE, Kind.TEMPLATE, path.value(), reason));
        }
      }
      if (made.isOwnImage()) {
        changes.make(new Decision(Action.DELETE, Kind.IMAGE, made.image().value(), reason));
      }
    } catch (IOException | RuntimeException failed) {
      Changes.failed(deployment, deployment.id().value(), failed);
    }
  }

  private static void planned(Deployment deployment, List<Decision> plan) {
    long changes = plan.stream().filter(one -> one.action() != Action.KEEP).count();
    if (changes > 0) {
      deployment.log(
          AuditLine.info(
                  "prune.planned",
                  changes + " of " + plan.size() + " images and templates will change.")
              .with("decisions", logged(plan)));
    }
  }

  /** What changes first, and no more than a line of the log holds. */
  private static List<String> logged(List<Decision> plan) {
    return plan.stream()
        .sorted(Comparator.comparing(one -> one.action() == Action.KEEP))
        .limit(MOST_LOGGED)
        .map(Decision::toString)
        .toList();
  }
}
