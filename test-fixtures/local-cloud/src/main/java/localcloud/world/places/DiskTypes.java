package localcloud.world.places;

import com.google.cloud.compute.v1.DiskType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import localcloud.world.refusals.Refusals;

/** The kinds of persistent disk, alike in every zone (Google's page "Persistent Disk"). */
public final class DiskTypes {
  /** Description, and the sizes that are allowed. */
  private static final Map<String, List<String>> ALL =
      new TreeMap<>(
          Map.of(
              "pd-balanced", List.of("Balanced Persistent Disk", "10GB-65536GB"),
              "pd-extreme", List.of("Extreme Persistent Disk", "500GB-65536GB"),
              "pd-ssd", List.of("SSD Persistent Disk", "10GB-65536GB"),
              "pd-standard", List.of("Standard Persistent Disk", "10GB-65536GB")));

  private final Links links;

  /** With links of this form. */
  public DiskTypes(Links links) {
    this.links = links;
  }

  /** The one of this name, or 404. */
  public DiskType get(Scope zone, String name) {
    List<String> words = ALL.get(name);
    if (words == null) {
      throw Refusals.notFound(links.path(zone, "diskTypes", name));
    }
    return DiskType.newBuilder()
        .setKind("compute#diskType")
        .setName(name)
        .setCreationTimestamp(Places.SINCE)
        .setDescription(words.get(0))
        .setValidDiskSize(words.get(1))
        .setDefaultDiskSizeGb(name.equals("pd-standard") ? 500 : 100)
        .setZone(links.to(zone))
        .setSelfLink(links.to(zone, "diskTypes", name))
        .build();
  }

  /** All of a zone by name. */
  public List<DiskType> list(Scope zone) {
    return ALL.keySet().stream().map(name -> get(zone, name)).toList();
  }
}
