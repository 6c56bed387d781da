package slipway.rollout;

import java.util.List;
import java.util.Map;
import slipway.settings.GroupPath;
import slipway.settings.TemplatePath;

/**
 * What Compute says of a group.
 *
 * @param path which one
 * @param fingerprint changes with each change of the group
 * @param targetSize how many instances it shall have
 * @param zones over how many zones it stands; 1 for a zonal group
 * @param versions what they shall run
 * @param wanted how many instances each version's size comes to, by template
 * @param reached whether every instance's intended version is the group's version
 * @param stable whether nothing is being created, verified or deleted
 * @param checked whether it has an autohealing health check
 * @param recreates whether it replaces instances under their old names
 * @param stateful whether its instances keep disks, addresses or metadata of their own
 */
public record Group(
    GroupPath path,
    String fingerprint,
    int targetSize,
    int zones,
    List<Version> versions,
    Map<TemplatePath, Integer> wanted,
    boolean reached,
    boolean stable,
    boolean checked,
    boolean recreates,
    boolean stateful) {

  public Group {
    versions = List.copyOf(versions);
    wanted = Map.copyOf(wanted);
  }

  /** The templates of its versions. */
  public List<TemplatePath> templates() {
    return versions.stream().map(Version::template).toList();
  }

  /**
   * Whether it has one version, in every instance. It may be growing or shrinking, or healing an
   * instance: an autoscaler at work is no rollout of somebody's.
   */
  public boolean isAtRest() {
    return versions.size() == 1 && reached;
  }

  /** How many instances shall run this template. */
  public int wanted(TemplatePath template) {
    return wanted.getOrDefault(template, 0);
  }
}
