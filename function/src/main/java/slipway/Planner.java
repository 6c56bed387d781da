package slipway;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import slipway.artifact.Commands;
import slipway.artifact.VerifiedArtifact;
import slipway.deployment.Deployment;
import slipway.deployment.End;
import slipway.deployment.Step;
import slipway.record.Plan;
import slipway.rollout.Group;
import slipway.rollout.Overtaken;
import slipway.settings.Target;
import slipway.settings.Targets;
import slipway.time.CallOver;
import slipway.upload.Upload;

/** Proves an upload and finds out what would be done; it only reads. */
final class Planner {
  private final Stages stages;
  private final Targets targets;

  Planner(Stages stages, Targets targets) {
    this.stages = stages;
    this.targets = targets;
  }

  /** Ends as planned, or as the deployment itself would if something is wrong with it. */
  void plan(Deployment deployment) throws IOException, CallOver {
    Upload upload = deployment.upload();
    Target target = deployment.target();
    VerifiedArtifact artifact = stages.artifact().prove(upload, target, deployment.time());
    deployment.write(new Step.Proven(artifact));
    BlockedDigests.isInsistedOn(deployment);
    Inspection found = Inspection.of(stages, deployment, artifact);
    Plan plan =
        new Plan(
            creations(upload, found),
            changes(target, found.groups()),
            stages.prune().foreseen(deployment, targets),
            obstacles(target, found.groups(), deployment));
    Upload meant = upload.withoutPlan();
    deployment.write(new End.Planned(plan, Commands.of(meant).send(meant.instructions())));
  }

  private static List<Plan.Creation> creations(Upload upload, Inspection found) {
    List<Plan.Creation> all = new ArrayList<>();
    String tarball = "gs://" + upload.bucket() + "/" + upload.object();
    all.add(Plan.Creation.image(tarball, found.image()));
    found.sources().stream().map(Plan.Creation::template).forEach(all::add);
    return all;
  }

  private static List<Plan.Change> changes(Target target, List<Group> groups) {
    List<Plan.Change> all = new ArrayList<>();
    for (Group group : groups) {
      List<String> steps =
          target.steps().stream()
              .filter(step -> step.isFor(group.targetSize()))
              .map(step -> step.size().toString())
              .toList();
      all.add(
          new Plan.Change(
              group.path().toString(),
              all.size() + 1,
              group.targetSize(),
              !steps.isEmpty(),
              steps,
              group.templates()));
    }
    return all;
  }

  private static List<String> obstacles(Target target, List<Group> groups, Deployment deployment) {
    List<String> all = new ArrayList<>();
    deployment
        .gate()
        .hold()
        .ifPresent(url -> all.add(target.name() + " is on hold by " + url + "."));
    for (Group group : groups) {
      if (!deployment.ownership().wrote(group) && !group.isAtRest()) {
        all.add(String.valueOf(Overtaken.byForeignChange(group).getMessage()));
      }
    }
    return all;
  }
}
