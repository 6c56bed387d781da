package slipway.rollout;

import java.util.List;
import slipway.settings.GroupPath;

/**
 * What Compute says of a group.
 *
 * @param path which one
 * @param fingerprint changes with each change of the group
 * @param targetSize how many instances it shall have
 * @param zones over how many zones it stands; 1 for a zonal group
 * @param templatePaths the templates of its versions, as {@code projects/P/.../instanceTemplates/T}
 * @param reached whether every instance's intended version is the group's version
 * @param stable whether nothing is being created, verified or deleted
 * @param checked whether it has an autohealing health check
 * @param recreates whether it replaces instances under their old names
 */
public record Group(
    GroupPath path,
    String fingerprint,
    int targetSize,
    int zones,
    List<String> templatePaths,
    boolean reached,
    boolean stable,
    boolean checked,
    boolean recreates) {

  /** Takes a copy of the list. */
  public Group {
    templatePaths = List.copyOf(templatePaths);
  }

  /** Whether this template is the group's only version. */
  public boolean holdsOnly(String templatePath) {
    return templatePaths.equals(List.of(templatePath));
  }
}
