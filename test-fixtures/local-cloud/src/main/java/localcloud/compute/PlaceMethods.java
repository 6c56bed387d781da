package localcloud.compute;

import com.google.cloud.compute.v1.AggregatedListDiskTypesRequest;
import com.google.cloud.compute.v1.AggregatedListMachineTypesRequest;
import com.google.cloud.compute.v1.DiskType;
import com.google.cloud.compute.v1.DiskTypeAggregatedList;
import com.google.cloud.compute.v1.DiskTypeList;
import com.google.cloud.compute.v1.GetDiskTypeRequest;
import com.google.cloud.compute.v1.GetMachineTypeRequest;
import com.google.cloud.compute.v1.GetProjectRequest;
import com.google.cloud.compute.v1.GetRegionRequest;
import com.google.cloud.compute.v1.GetZoneRequest;
import com.google.cloud.compute.v1.ListDiskTypesRequest;
import com.google.cloud.compute.v1.ListMachineTypesRequest;
import com.google.cloud.compute.v1.ListRegionsRequest;
import com.google.cloud.compute.v1.ListZonesRequest;
import com.google.cloud.compute.v1.MachineType;
import com.google.cloud.compute.v1.MachineTypeAggregatedList;
import com.google.cloud.compute.v1.MachineTypeList;
import com.google.cloud.compute.v1.Metadata;
import com.google.cloud.compute.v1.Project;
import com.google.cloud.compute.v1.RegionList;
import com.google.cloud.compute.v1.ZoneList;
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
    handlers.read("Projects.Get", GetProjectRequest.getDefaultInstance(), r -> project(r));
    shared(handlers, world);
  }

  private static void shared(Handlers handlers, World world) {
    Places places = world.places();
    handlers.read(
        "MachineTypes.AggregatedList",
        AggregatedListMachineTypesRequest.getDefaultInstance(),
        r ->
            Lists.aggregated(
                MachineTypeAggregatedList.getDefaultInstance(),
                ByZone.all(world, places::machineTypes),
                r,
                ByZone.places(world, MachineType::getZone)));
    handlers.read(
        "DiskTypes.Get",
        GetDiskTypeRequest.getDefaultInstance(),
        r -> world.diskTypes().get(Scope.zone(r.getZone()), r.getDiskType()));
    handlers.read(
        "DiskTypes.List",
        ListDiskTypesRequest.getDefaultInstance(),
        r ->
            Lists.page(
                DiskTypeList.getDefaultInstance(),
                Fields.home(r) + "/diskTypes",
                world.diskTypes().list(Scope.zone(r.getZone())),
                r));
    handlers.read(
        "DiskTypes.AggregatedList",
        AggregatedListDiskTypesRequest.getDefaultInstance(),
        r ->
            Lists.aggregated(
                DiskTypeAggregatedList.getDefaultInstance(),
                ByZone.all(world, world.diskTypes()::list),
                r,
                ByZone.places(world, DiskType::getZone)));
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
