package slipway;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import slipway.artifact.VerifiedArtifact;
import slipway.deployment.Deployment;
import slipway.fault.Finding;
import slipway.fault.Misconfigured;
import slipway.image.ImageOverride;
import slipway.rollout.BootCheck;
import slipway.rollout.Group;
import slipway.settings.ImageSettings;
import slipway.settings.Target;
import slipway.settings.TemplatePath;
import slipway.template.TemplateFacts;

/**
 * What a deployment finds before anything is made.
 *
 * @param groups the target's, in the order of their waves
 * @param sources what is cloned for each of them
 * @param image what the image is to say of itself
 */
record Inspection(List<Group> groups, List<TemplatePath> sources, ImageSettings image) {
  /**
   * Looks at all that the deployment needs.
   *
   * @throws Misconfigured if groups, templates or settings do not go together
   * @throws slipway.fault.Rejection if the upload does not fit them
   */
  static Inspection of(Stages stages, Deployment deployment, VerifiedArtifact artifact) {
    Target target = deployment.target();
    List<Group> groups = stages.rollout().inspect(target);
    stages.alarm().inspect(target, deployment.time().now()).forEach(deployment::log);
    List<TemplatePath> sources =
        groups.stream().map(group -> target.baseOr(deployment.ownership().source(group))).toList();
    List<TemplateFacts> templates =
        sources.stream()
            .map(source -> stages.template().inspect(source, artifact.diskGib()))
            .toList();
    ImageSettings image =
        completed(ImageOverride.of(target.image(), deployment.upload()), target, templates);
    deployment.logUnknownFeatures(image.unknownFeatures());
    stages.rollout().requireBootable(new BootCheck(target, artifact, image), groups, templates);
    return new Inspection(groups, sources, image);
  }

  /** What nobody said is as the templates have it. */
  private static ImageSettings completed(
      ImageSettings said, Target target, List<TemplateFacts> templates) {
    List<Finding> findings = new ArrayList<>();
    List<String> features = said.guestOsFeatures();
    if (features == null) {
      features = agreed("guestOsFeatures", templates, TemplateFacts::guestOsFeatures, findings);
    }
    String architecture = said.architecture();
    if (architecture == null) {
      architecture = agreed("architecture", templates, TemplateFacts::architecture, findings);
    }
    if (!findings.isEmpty()) {
      throw new Misconfigured(
          "templates-disagree",
          findings,
          "Set image of "
              + target.name()
              + " in TARGETS, or give its groups templates that agree; then upload again.");
    }
    return said.with(features, architecture);
  }

  private static <T> @Nullable T agreed(
      String key,
      List<TemplateFacts> templates,
      Function<TemplateFacts, @Nullable T> fact,
      List<Finding> findings) {
    TemplateFacts first = templates.get(0);
    for (TemplateFacts other : templates) {
      if (!Objects.equals(fact.apply(first), fact.apply(other))) {
        findings.add(
            new Finding(
                key + " of the boot disk of " + other.path(),
                words(fact.apply(first)) + ", as in " + first.path(),
                words(fact.apply(other))));
      }
    }
    return fact.apply(first);
  }

  private static String words(@Nullable Object fact) {
    return fact == null || fact.equals(List.of()) ? "nothing" : fact.toString();
  }
}
