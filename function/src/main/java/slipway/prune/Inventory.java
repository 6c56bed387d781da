package slipway.prune;

import java.util.List;
import java.util.Set;
import slipway.image.Images;
import slipway.record.Records;
import slipway.settings.TemplatePath;
import slipway.template.Templates;

/**
 * What there is when a target is pruned.
 *
 * @param images those that are named as the target's are
 * @param templates all of the project
 * @param deployments all of the target, by their records: only what one of these made is ours
 * @param needed templates that groups hold or may go back to, or that are cloned
 */
public record Inventory(
    List<Images.Facts> images,
    List<Templates.Listed> templates,
    List<Records.Entry> deployments,
    Set<TemplatePath> needed) {

  public Inventory {
    images = List.copyOf(images);
    templates = List.copyOf(templates);
    deployments = List.copyOf(deployments);
    needed = Set.copyOf(needed);
  }
}
