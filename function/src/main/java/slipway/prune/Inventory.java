package slipway.prune;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import slipway.rollout.Made;
import slipway.settings.TemplatePath;
import slipway.template.Templates;
import slipway.upload.DeploymentId;

/**
 * What there is when a target is pruned.
 *
 * @param made what the target's ended deployments made: only this is ours
 * @param booting templates, anybody's, that boot images named as the target's are
 * @param needed templates that groups hold or may go back to, or that are cloned
 */
public record Inventory(List<Made> made, List<Templates.Listed> booting, Set<TemplatePath> needed) {

  public Inventory {
    booting = List.copyOf(booting);
    needed = Set.copyOf(needed);
    made = List.copyOf(made);
  }

  /** The same, with templates that a call made which died before it could note them. */
  static Inventory of(List<Made> noted, List<Templates.Listed> booting, Set<TemplatePath> needed) {
    List<Made> made = noted.stream().map(one -> one.with(templates(one, booting))).toList();
    return new Inventory(made, booting, needed);
  }

  private static List<TemplatePath> templates(Made made, List<Templates.Listed> booting) {
    List<TemplatePath> all = new ArrayList<>(made.templates());
    booting.stream()
        .map(Templates.Listed::path)
        .filter(
            path ->
                DeploymentId.ofTemplate(path.name()).filter(made.deployment()::equals).isPresent())
        .filter(path -> !all.contains(path))
        .forEach(all::add);
    return List.copyOf(all);
  }
}
