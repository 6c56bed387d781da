package localcloud.compute;

import com.google.cloud.compute.v1.AggregatedListInstanceGroupManagersRequest;
import com.google.cloud.compute.v1.DeleteInstanceGroupManagerRequest;
import com.google.cloud.compute.v1.GetInstanceGroupManagerRequest;
import com.google.cloud.compute.v1.InsertInstanceGroupManagerRequest;
import com.google.cloud.compute.v1.InstanceGroupManager;
import com.google.cloud.compute.v1.InstanceGroupManagerAggregatedList;
import com.google.cloud.compute.v1.InstanceGroupManagerList;
import com.google.cloud.compute.v1.InstanceGroupManagersListErrorsResponse;
import com.google.cloud.compute.v1.InstanceGroupManagersListManagedInstancesResponse;
import com.google.cloud.compute.v1.ListErrorsInstanceGroupManagersRequest;
import com.google.cloud.compute.v1.ListInstanceGroupManagersRequest;
import com.google.cloud.compute.v1.ListManagedInstancesInstanceGroupManagersRequest;
import com.google.cloud.compute.v1.ManagedInstance;
import com.google.cloud.compute.v1.Operation;
import com.google.cloud.compute.v1.PatchInstanceGroupManagerRequest;
import com.google.cloud.compute.v1.ResizeInstanceGroupManagerRequest;
import com.google.gson.JsonObject;
import com.google.protobuf.Message;
import localcloud.world.Groups;
import localcloud.world.Refusals;
import localcloud.world.Scope;
import localcloud.world.World;

/** InstanceGroupManagers.* of a zone. */
final class GroupMethods {
  private GroupMethods() {}

  static void addTo(Handlers handlers) {
    World world = handlers.world();
    lists(handlers, world);
    changes(handlers, world.groups());
    handlers.read(
        "InstanceGroupManagers.Get",
        GetInstanceGroupManagerRequest.getDefaultInstance(),
        r -> world.groups().get(Scope.zone(r.getZone()), r.getInstanceGroupManager()));
    handlers.read(
        "InstanceGroupManagers.ListManagedInstances",
        ListManagedInstancesInstanceGroupManagersRequest.getDefaultInstance(),
        request -> members(world, request));
    handlers.read(
        "InstanceGroupManagers.ListErrors",
        ListErrorsInstanceGroupManagersRequest.getDefaultInstance(),
        request -> errors(world, request));
  }

  private static void lists(Handlers handlers, World world) {
    handlers.read(
        "InstanceGroupManagers.List",
        ListInstanceGroupManagersRequest.getDefaultInstance(),
        r ->
            Lists.page(
                InstanceGroupManagerList.getDefaultInstance(),
                "projects/" + r.getProject() + "/zones/" + r.getZone() + "/instanceGroupManagers",
                world.groups().list(Scope.zone(r.getZone())),
                r));
    handlers.read(
        "InstanceGroupManagers.AggregatedList",
        AggregatedListInstanceGroupManagersRequest.getDefaultInstance(),
        r ->
            Lists.aggregated(
                InstanceGroupManagerAggregatedList.getDefaultInstance(),
                ByZone.all(world, world.groups()::list),
                r,
                ByZone.places(world, InstanceGroupManager::getZone)));
  }

  private static void changes(Handlers handlers, Groups groups) {
    handlers.change(
        "InstanceGroupManagers.Insert",
        InsertInstanceGroupManagerRequest.getDefaultInstance(),
        r -> groups.insert(Scope.zone(r.getZone()), r.getInstanceGroupManagerResource()));
    handlers.patch(
        "InstanceGroupManagers.Patch",
        PatchInstanceGroupManagerRequest.getDefaultInstance(),
        asked -> patch(groups, asked));
    handlers.change(
        "InstanceGroupManagers.Resize",
        ResizeInstanceGroupManagerRequest.getDefaultInstance(),
        r -> groups.resize(Scope.zone(r.getZone()), r.getInstanceGroupManager(), r.getSize()));
    handlers.change(
        "InstanceGroupManagers.Delete",
        DeleteInstanceGroupManagerRequest.getDefaultInstance(),
        r -> groups.delete(Scope.zone(r.getZone()), r.getInstanceGroupManager()));
  }

  private static Operation patch(
      Groups groups, Handlers.Asked<PatchInstanceGroupManagerRequest> asked) {
    PatchInstanceGroupManagerRequest request = asked.request();
    JsonObject body = asked.body();
    if (body.has("namedPorts")) {
      // googleapis/google-cloud-ruby#24808: naming them is enough to be refused.
      throw Refusals.invalid("resource.namedPorts", "", "Named ports are immutable.");
    }
    return groups.patch(
        Scope.zone(request.getZone()),
        request.getInstanceGroupManager(),
        Json.fingerprint(body),
        now -> Json.patched(now, body));
  }

  /** PAGELESS, the default: "the group returns all and ignores maxResults and pageToken". */
  private static InstanceGroupManagersListManagedInstancesResponse members(
      World world, ListManagedInstancesInstanceGroupManagersRequest request) {
    Filter filter = Filter.parse(request.getFilter());
    InstanceGroupManagersListManagedInstancesResponse.Builder list =
        InstanceGroupManagersListManagedInstancesResponse.newBuilder();
    for (ManagedInstance member :
        world.groups().members(Scope.zone(request.getZone()), request.getInstanceGroupManager())) {
      if (filter.matches(member)) {
        list.addManagedInstances(member);
      }
    }
    return list.build();
  }

  private static Message errors(World world, ListErrorsInstanceGroupManagersRequest request) {
    return Lists.page(
        InstanceGroupManagersListErrorsResponse.getDefaultInstance(),
        "",
        world.groups().errors(Scope.zone(request.getZone()), request.getInstanceGroupManager()),
        request);
  }
}
