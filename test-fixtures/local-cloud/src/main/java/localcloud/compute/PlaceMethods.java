package localcloud.compute;

import com.google.cloud.compute.v1.AggregatedListMachineTypesRequest;
import com.google.cloud.compute.v1.GetMachineTypeRequest;
import com.google.cloud.compute.v1.GetNetworkRequest;
import com.google.cloud.compute.v1.GetProjectRequest;
import com.google.cloud.compute.v1.GetRegionRequest;
import com.google.cloud.compute.v1.GetZoneRequest;
import com.google.cloud.compute.v1.ListMachineTypesRequest;
import com.google.cloud.compute.v1.ListNetworksRequest;
import com.google.cloud.compute.v1.ListRegionsRequest;
import com.google.cloud.compute.v1.ListZonesRequest;
import com.google.cloud.compute.v1.MachineType;
import com.google.cloud.compute.v1.MachineTypeAggregatedList;
import com.google.cloud.compute.v1.MachineTypeList;
import com.google.cloud.compute.v1.Metadata;
import com.google.cloud.compute.v1.NetworkList;
import com.google.cloud.compute.v1.Project;
import com.google.cloud.compute.v1.RegionList;
import com.google.cloud.compute.v1.ZoneList;
import java.util.List;
import localcloud.world.World;
import localcloud.world.places.Links;
import localcloud.world.places.Places;
import localcloud.world.places.Scope;

/** Zones, regions, machine types and the project itself. */
final class PlaceMethods {
  private PlaceMethods() {}

  static void addTo(Handlers handlers) {
    World world = handlers.world();
    Places places = world.places();
    handlers.read(
        "Zones.Get", GetZoneRequest.getDefaultInstance(), r -> places.zoneResource(r.getZone()));
    handlers.read(
        "Zones.List",
        ListZonesRequest.getDefaultInstance(),
        r ->
            Lists.page(
                ZoneList.getDefaultInstance(),
                "projects/" + r.getProject() + "/zones",
                places.zones(),
                r));
    handlers.read(
        "Regions.Get",
        GetRegionRequest.getDefaultInstance(),
        r -> places.regionResource(r.getRegion()));
    handlers.read(
        "Regions.List",
        ListRegionsRequest.getDefaultInstance(),
        r ->
            Lists.page(
                RegionList.getDefaultInstance(),
                "projects/" + r.getProject() + "/regions",
                places.regions(),
                r));
    machineTypes(handlers, places);
    handlers.read(
        "MachineTypes.AggregatedList",
        AggregatedListMachineTypesRequest.getDefaultInstance(),
        r ->
            Lists.aggregated(
                MachineTypeAggregatedList.getDefaultInstance(),
                ByZone.all(world, places::machineTypes),
                r,
                ByZone.places(world, MachineType::getZone)));
    handlers.read("Projects.Get", GetProjectRequest.getDefaultInstance(), r -> project(r));
    handlers.read(
        "Networks.Get",
        GetNetworkRequest.getDefaultInstance(),
        r -> places.network(r.getNetwork()));
    handlers.read(
        "Networks.List",
        ListNetworksRequest.getDefaultInstance(),
        r ->
            Lists.page(
                NetworkList.getDefaultInstance(),
                "projects/" + r.getProject() + "/global/networks",
                List.of(places.network("default")),
                r));
  }

  private static void machineTypes(Handlers handlers, Places places) {
    handlers.read(
        "MachineTypes.Get",
        GetMachineTypeRequest.getDefaultInstance(),
        r -> places.machineType(Scope.zone(r.getZone()), r.getMachineType()));
    handlers.read(
        "MachineTypes.List",
        ListMachineTypesRequest.getDefaultInstance(),
        r ->
            Lists.page(
                MachineTypeList.getDefaultInstance(),
                "projects/" + r.getProject() + "/zones/" + r.getZone() + "/machineTypes",
                places.machineTypes(Scope.zone(r.getZone())),
                r));
  }

  private static Project project(GetProjectRequest request) {
    return Project.newBuilder()
        .setKind("compute#project")
        .setId(1)
        .setName(request.getProject())
        .setSelfLink(Links.ROOT + "projects/" + request.getProject())
        .setCreationTimestamp(Places.SINCE)
        .setDefaultNetworkTier("PREMIUM")
        .setXpnProjectStatus("UNSPECIFIED_XPN_PROJECT_STATUS")
        .setDefaultServiceAccount("1-compute@developer.gserviceaccount.com")
        .setCommonInstanceMetadata(
            Metadata.newBuilder().setKind("compute#metadata").setFingerprint("AAAAAAAAAAA="))
        .build();
  }
}
