package localcloud.world.groups;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import localcloud.world.instances.Vm;
import localcloud.world.places.Links;
import localcloud.world.places.Scope;
import localcloud.world.resources.Shelf;

/** All groups, by home and name, and who uses what. */
public final class GroupShelves {
  private final Links links;
  private final Map<String, Shelf<Group>> shelves = new TreeMap<>();

  public GroupShelves(Links links) {
    this.links = links;
  }

  /** Those of one zone or region. */
  Shelf<Group> in(Scope home) {
    return shelves.computeIfAbsent(
        home.path(), path -> new Shelf<>(links, home, Groups.COLLECTION));
  }

  /** The group of this link, wherever it lives. */
  public Optional<Group> linked(String link) {
    return all().filter(group -> group.identity().born().selfLink().equals(link)).findFirst();
  }

  /** The group that manages the instance group of this link. */
  public Optional<Group> behind(String instanceGroup) {
    return all().filter(group -> group.instanceGroup().equals(instanceGroup)).findFirst();
  }

  /** The instances of all groups, as far as they have been made. */
  public Stream<Vm> vms() {
    return all().flatMap(group -> group.members().stream()).flatMap(one -> one.vm().stream());
  }

  /** The path of a group that uses the template of this link. */
  public Optional<String> userOfTemplate(String link) {
    return path(all().filter(group -> group.uses(link)));
  }

  /** The path of a group that is healed by the health check of this link. */
  public Optional<String> userOfCheck(String link) {
    return path(
        all()
            .filter(
                group ->
                    group.intent().healing().stream()
                        .anyMatch(policy -> policy.getHealthCheck().equals(link))));
  }

  private Stream<Group> all() {
    return shelves.values().stream().map(Shelf::all).flatMap(Collection::stream);
  }

  private static Optional<String> path(Stream<Group> groups) {
    return groups.findFirst().map(group -> Links.pathOf(group.identity().born().selfLink()));
  }
}
