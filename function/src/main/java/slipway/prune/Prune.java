package slipway.prune;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import slipway.audit.AuditLine;
import slipway.audit.Severity;
import slipway.deployment.Deployment;
import slipway.fault.Fault;
import slipway.fault.OperationFailed;
import slipway.image.ImageName;
import slipway.image.Images;
import slipway.prune.Decision.Action;
import slipway.prune.Decision.Kind;
import slipway.record.Records.Entry;
import slipway.record.Stage;
import slipway.rollout.TargetStates;
import slipway.settings.Target;
import slipway.settings.Targets;
import slipway.settings.TemplatePath;
import slipway.template.Templates;
import slipway.time.CallOver;

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
   * Prunes a target after a good end of a deployment, unless another of its deployments is open.
   * What fails is logged and left to the next time: the new version serves all the same.
   *
   * @param all every target of the function, since one may go back to a template of another
   */
  public void run(Deployment deployment, Targets all) {
    try {
      Target target = deployment.target();
      List<Entry> deployments = deployment.ofTheTarget();
      if (deployments.stream().anyMatch(entry -> !entry.stage().isTerminal())) {
        return;
      }
      Inventory inventory = inventory(target, deployments, all);
      List<Decision> plan = Retention.decide(inventory, target.keep(), deployment.time().now());
      planned(deployment, plan);
      new Changes(deployment, inventory.templates()).makeAll(plan);
    } catch (RuntimeException failed) {
      failed(deployment, "The target", failed);
    }
  }

  /**
   * What a good end of this deployment would prune, as things are now; reads and changes nothing.
   */
  public List<String> foreseen(Deployment deployment, Targets all) {
    Target target = deployment.target();
    Inventory inventory = inventory(target, deployment.ofTheTarget(), all);
    return Retention.decide(inventory, target.keep(), deployment.time().now()).stream()
        .filter(decision -> decision.action() != Action.KEEP)
        .map(Decision::toString)
        .toList();
  }

  private Inventory inventory(Target target, List<Entry> deployments, Targets all) {
    return new Inventory(
        images.namedFor(target.name()), templates.list(), deployments, needed(all.all()));
  }

  /**
   * Deletes what a deployment made that a later upload has overtaken; what its target's state names
   * or Compute says is in use stays, and a later pruning deletes it.
   *
   * @throws CallOver if the call's time ends first
   */
  public void leftovers(Deployment deployment) throws IOException, CallOver {
    if (deployment.stage() == Stage.RECEIVED || !deployment.ownership().isLost()) {
      return;
    }
    String id = deployment.id().value();
    String reason = "its deployment was overtaken";
    Set<TemplatePath> needed = needed(List.of(deployment.target()));
    List<Templates.Listed> listed = templates.list();
    Changes changes = new Changes(deployment, listed);
    for (Templates.Listed one : listed) {
      if (one.path().name().startsWith(id + "-") && !needed.contains(one.path())) {
        changes.make(new Decision(Action.DELETE, Kind.TEMPLATE, one.path().value(), reason));
      }
    }
    if (images.find(new ImageName(id)).isPresent()) {
      changes.make(new Decision(Action.DELETE, Kind.IMAGE, id, reason));
    }
  }

  private Set<TemplatePath> needed(List<Target> targets) {
    Set<TemplatePath> needed = new HashSet<>();
    for (Target target : targets) {
      needed.addAll(states.find(target.name()).state().templates());
      Stream.ofNullable(target.baseTemplate()).forEach(needed::add);
    }
    return needed;
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

  private static void failed(Deployment deployment, String what, Exception failed) {
    String message = what + " is not pruned this time: " + failed;
    deployment.log(new AuditLine(Severity.WARNING, "prune.failed", message, Map.of()));
  }

  /** Changes one thing after the other, and remembers which templates are still there. */
  private final class Changes {
    private final Deployment deployment;
    private final Set<Templates.Listed> there;

    Changes(Deployment deployment, List<Templates.Listed> there) {
      this.deployment = deployment;
      this.there = new HashSet<>(there);
    }

    /** As long as the call lasts and no later upload owns the target. */
    void makeAll(List<Decision> plan) {
      for (Decision decision : plan) {
        try {
          if (decision.action() != Action.KEEP) {
            if (deployment.time().isOver() || deployment.ownership().isLost()) {
              return;
            }
            make(decision);
          }
        } catch (CallOver over) {
          return;
        } catch (IOException | RuntimeException failed) {
          failed(deployment, decision.name(), failed);
        }
      }
    }

    /** What Compute refuses is logged and left. */
    void make(Decision decision) throws IOException, CallOver {
      try {
        deployment.time().beat();
        done(decision, change(decision));
      } catch (Fault | OperationFailed refused) {
        failed(deployment, decision.name(), refused);
      }
    }

    /** Returns whether it was done. */
    private boolean change(Decision decision) throws IOException, CallOver {
      String name = decision.name();
      if (decision.kind() == Kind.TEMPLATE) {
        TemplatePath path = new TemplatePath(name);
        return templates.delete(path) && there.removeIf(one -> one.path().equals(path));
      }
      ImageName image = new ImageName(name);
      if (decision.action() == Action.DELETE) {
        boolean booted = there.stream().anyMatch(one -> one.images().contains(image));
        if (!booted) {
          images.delete(image);
        }
        return !booted;
      }
      String serving = images.find(deployment.image().orElseThrow()).orElseThrow().url();
      boolean announced = decision.action() == Action.ANNOUNCE;
      images.deprecate(
          image, serving, announced ? deployment.time().now().plus(Retention.GRACE) : null);
      return true;
    }

    private void done(Decision decision, boolean done) {
      String message =
          done ? decision.toString() : "leave " + decision.name() + ": something still uses it";
      deployment.log(
          AuditLine.info("prune.done", message)
              .with("action", done ? decision.action().toString() : "leave")
              .with(decision.kind().toString(), decision.name())
              .with("reason", decision.reason()));
    }
  }
}
