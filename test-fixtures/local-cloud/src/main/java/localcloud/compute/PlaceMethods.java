package localcloud.compute;

import com.google.cloud.compute.v1.GetMachineTypeRequest;
import com.google.cloud.compute.v1.GetProjectRequest;
import com.google.cloud.compute.v1.GetRegionRequest;
import com.google.cloud.compute.v1.GetZoneRequest;
import com.google.cloud.compute.v1.ListRegionsRequest;
import com.google.cloud.compute.v1.ListZonesRequest;
import com.google.cloud.compute.v1.Project;
import com.google.cloud.compute.v1.Region;
import com.google.cloud.compute.v1.RegionList;
import com.google.cloud.compute.v1.Zone;
import com.google.cloud.compute.v1.ZoneList;
import localcloud.world.Links;
import localcloud.world.Places;
import localcloud.world.Scope;
import localcloud.world.World;

/** Zones, regions, machine types and the project itself. */
final class PlaceMethods {
  private PlaceMethods() {}

  static void addTo(Handlers handlers) {
    World world = handlers.world();
    Places places = world.places();
    handlers.read(
        "Zones.Get", GetZoneRequest.getDefaultInstance(), r -> places.zoneResource(r.getZone()));
    handlers.read("Zones.List", ListZonesRequest.getDefaultInstance(), r -> zones(places, r));
    handlers.read(
        "Regions.Get",
        GetRegionRequest.getDefaultInstance(),
        r -> places.regionResource(r.getRegion()));
    handlers.read("Regions.List", ListRegionsRequest.getDefaultInstance(), r -> regions(places, r));
    handlers.read(
        "MachineTypes.Get",
        GetMachineTypeRequest.getDefaultInstance(),
        r -> places.machineType(Scope.zone(r.getZone()), r.getMachineType()));
    handlers.read("Projects.Get", GetProjectRequest.getDefaultInstance(), r -> project(r));
  }

  private static ZoneList zones(Places places, ListZonesRequest request) {
    Page<Zone> page = Page.of(places.zones(), request);
    String home = "projects/" + request.getProject() + "/zones";
    ZoneList.Builder list =
        ZoneList.newBuilder()
            .setKind("compute#zoneList")
            .setId(home)
            .setSelfLink(Links.ROOT + home)
            .addAllItems(page.items());
    if (!page.next().isEmpty()) {
      list.setNextPageToken(page.next());
    }
    return list.build();
  }

  private static RegionList regions(Places places, ListRegionsRequest request) {
    Page<Region> page = Page.of(places.regions(), request);
    String home = "projects/" + request.getProject() + "/regions";
    RegionList.Builder list =
        RegionList.newBuilder()
            .setKind("compute#regionList")
            .setId(home)
            .setSelfLink(Links.ROOT + home)
            .addAllItems(page.items());
    if (!page.next().isEmpty()) {
      list.setNextPageToken(page.next());
    }
    return list.build();
  }

  private static Project project(GetProjectRequest request) {
    return Project.newBuilder()
        .setKind("compute#project")
        .setId(1)
        .setName(request.getProject())
        .setSelfLink(Links.ROOT + "projects/" + request.getProject())
        .build();
  }
}
