package localcloud.page;

import static java.util.Comparator.comparing;

import com.google.cloud.compute.v1.InstanceGroupManager;
import com.google.cloud.compute.v1.InstanceGroupManagerVersion;
import com.google.cloud.compute.v1.InstanceTemplate;
import com.google.cloud.compute.v1.ManagedInstance;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import localcloud.world.World;
import localcloud.world.places.Links;
import localcloud.world.places.Scope;

/**
 * The groups, a cell {@code group/<path>} each, their instances, {@code instance/<path>}, and the
 * versions that either has, {@code version/<template>}.
 */
final class GroupCells implements Source {
  private final World world;
  private final Versions versions = new Versions();

  GroupCells(World world) {
    this.world = world;
  }

  @Override
  public void fill(Map<String, JsonObject> cells) {
    world.call(
        () -> {
          addTemplates();
          scopes().forEach(scope -> fill(scope, cells));
          return true;
        });
    versions.fill(cells);
  }

  /** By age, so that versions that follow each other never look the same. */
  private void addTemplates() {
    Stream.concat(Stream.of(Scope.GLOBAL), scopes())
        .flatMap(place -> world.templates().list(place).stream())
        .sorted(
            comparing(InstanceTemplate::getCreationTimestamp)
                .thenComparing(InstanceTemplate::getId))
        .forEach(template -> versions.add(template.getName()));
  }

  private Stream<Scope> scopes() {
    return Stream.concat(
        world.places().zones().stream().map(zone -> Scope.zone(zone.getName())),
        world.places().regions().stream().map(region -> Scope.region(region.getName())));
  }

  private void fill(Scope scope, Map<String, JsonObject> cells) {
    for (InstanceGroupManager group : world.groups().list(scope)) {
      String key = "group" + path(group.getSelfLink());
      List<ManagedInstance> members = world.groups().members(scope, group.getName());
      List<InstanceCell> instances =
          members.stream().map(member -> InstanceCell.of(member, this::templateOf)).toList();
      cells.put(key, cell(group, instances));
      for (InstanceCell instance : instances) {
        versions.add(instance.template());
        cells.put("instance" + path(instance.link()), instance.json(key));
      }
    }
  }

  /** What the machine itself says: Compute tells no version of an instance that goes. */
  private String templateOf(String link) {
    return world
        .instances()
        .get(Scope.zone(InstanceCell.zone(link)), Links.last(link))
        .getMetadata()
        .getItemsList()
        .stream()
        .filter(item -> item.getKey().equals("instance-template"))
        .map(item -> Links.last(item.getValue()))
        .findFirst()
        .orElse("");
  }

  private JsonObject cell(InstanceGroupManager group, List<InstanceCell> instances) {
    JsonObject cell = new JsonObject();
    cell.addProperty("name", group.getName());
    cell.addProperty("place", Links.last(group.hasZone() ? group.getZone() : group.getRegion()));
    cell.addProperty("zones", instances.stream().map(InstanceCell::zone).distinct().count());
    cell.addProperty("target", group.getTargetSize());
    cell.addProperty("size", instances.size());
    cell.addProperty("healthy", instances.stream().filter(InstanceCell::healthy).count());
    cell.addProperty("checked", group.getAutoHealingPoliciesCount() > 0);
    cell.addProperty("reached", group.getStatus().getVersionTarget().getIsReached());
    cell.addProperty("stable", group.getStatus().getIsStable());
    JsonArray wanted = new JsonArray();
    for (InstanceGroupManagerVersion version : group.getVersionsList()) {
      String template = Links.last(version.getInstanceTemplate());
      versions.add(template);
      JsonObject one = new JsonObject();
      one.addProperty("template", template);
      one.addProperty("size", version.getTargetSize().getCalculated());
      wanted.add(one);
    }
    cell.add("wanted", wanted);
    return cell;
  }

  private static String path(String link) {
    return link.substring(link.indexOf("/projects/"));
  }
}
