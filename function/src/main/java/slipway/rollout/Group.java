package slipway.rollout;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import slipway.settings.GroupPath;
import slipway.settings.TemplatePath;

/**
 * What Compute says of a group.
 *
 * @param path which one
 * @param fingerprint changes with each change of the group
 * @param targetSize how many instances it shall have
 * @param machines where its instances stand, and what machine types they may have
 * @param versions what they shall run
 * @param serving what most of them run: of an opportunistic group not always what they shall run
 * @param wanted how many instances each version's size comes to, by template
 * @param reached whether every instance's intended version is the group's version
 * @param stable whether nothing is being created, verified or deleted
 * @param policies how it treats its instances
 */
public record Group(
    GroupPath path,
    String fingerprint,
    int targetSize,
    Machines machines,
    List<Version> versions,
    Version serving,
    Map<TemplatePath, Integer> wanted,
    boolean reached,
    boolean stable,
    Policies policies) {

  public Group {
    versions = List.copyOf(versions);
    wanted = Map.copyOf(wanted);
  }

  /**
   * The machines of a group.
   *
   * @param zones the names of the zones that it stands over; one for a zonal group
   * @param selected machine types that its instance flexibility policy names; empty if it has none
   */
  public record Machines(List<String> zones, Set<String> selected) {
    public Machines {
      zones = List.copyOf(zones);
      selected = Set.copyOf(selected);
    }

    /**
     * Those that they may have: what a flexibility policy names goes before the template's type.
     */
    Set<String> types(String ofTemplate) {
      return selected.isEmpty() && !ofTemplate.isEmpty() ? Set.of(ofTemplate) : selected;
    }
  }

  /** Over how many zones it stands. */
  public int zones() {
    return machines.zones().size();
  }

  /**
   * How a group treats its instances.
   *
   * @param checked whether it has an autohealing health check
   * @param initialDelay how long an instance may take until the check counts, 0 to 3600 s
   * @param recreates whether it replaces instances under their old names
   * @param opportunistic whether it replaces none of itself
   * @param stateful whether its instances keep disks, addresses or metadata of their own
   * @param namesBootDisk whether its instance flexibility policy names one beside the template's
   */
  public record Policies(
      boolean checked,
      Duration initialDelay,
      boolean recreates,
      boolean opportunistic,
      boolean stateful,
      boolean namesBootDisk) {}

  /** The same with instances that run this. */
  public Group serving(Version version) {
    return new Group(
        path,
        fingerprint,
        targetSize,
        machines,
        versions,
        version,
        wanted,
        reached,
        stable,
        policies);
  }

  /** The templates of its versions. */
  public List<TemplatePath> templates() {
    return versions.stream().map(Version::template).toList();
  }

  /**
   * Whether it has one version, in every instance. It may be growing or shrinking, or healing an
   * instance: an autoscaler at work is no rollout of somebody's; nor is an opportunistic group
   * whose update waits for somebody to replace the instances.
   */
  public boolean isAtRest() {
    return versions.size() == 1 && (reached || policies.opportunistic());
  }

  /** How many instances shall run this template. */
  public int wanted(TemplatePath template) {
    return wanted.getOrDefault(template, 0);
  }
}
