package localcloud.compute;

import com.google.cloud.compute.v1.AggregatedListInstanceGroupsRequest;
import com.google.cloud.compute.v1.GetInstanceGroupRequest;
import com.google.cloud.compute.v1.InstanceGroup;
import com.google.cloud.compute.v1.InstanceGroupAggregatedList;
import com.google.cloud.compute.v1.InstanceGroupList;
import com.google.cloud.compute.v1.InstanceGroupsListInstances;
import com.google.cloud.compute.v1.InstanceWithNamedPorts;
import com.google.cloud.compute.v1.ListInstanceGroupsRequest;
import com.google.cloud.compute.v1.ListInstancesInstanceGroupsRequest;
import com.google.cloud.compute.v1.ManagedInstance;
import com.google.cloud.compute.v1.SetNamedPortsInstanceGroupRequest;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import localcloud.world.Scope;
import localcloud.world.World;

/** InstanceGroups.*: the other side of managed groups. */
final class InstanceGroupMethods {
  private InstanceGroupMethods() {}

  static void addTo(Handlers handlers) {
    World world = handlers.world();
    handlers.read(
        "InstanceGroups.Get",
        GetInstanceGroupRequest.getDefaultInstance(),
        r -> world.groups().instanceGroup(Scope.zone(r.getZone()), r.getInstanceGroup()));
    handlers.read(
        "InstanceGroups.List",
        ListInstanceGroupsRequest.getDefaultInstance(),
        r ->
            Lists.page(
                InstanceGroupList.getDefaultInstance(),
                home(r.getProject(), r.getZone()) + "/instanceGroups",
                world.groups().instanceGroups(Scope.zone(r.getZone())),
                r));
    handlers.read(
        "InstanceGroups.AggregatedList",
        AggregatedListInstanceGroupsRequest.getDefaultInstance(),
        r ->
            Lists.aggregated(
                InstanceGroupAggregatedList.getDefaultInstance(),
                ByZone.all(world, world.groups()::instanceGroups),
                r,
                ByZone.places(world, InstanceGroup::getZone)));
    handlers.read(
        "InstanceGroups.ListInstances",
        ListInstancesInstanceGroupsRequest.getDefaultInstance(),
        r -> instances(world, r));
    namedPorts(handlers, world);
  }

  private static void namedPorts(Handlers handlers, World world) {
    handlers.patch(
        "InstanceGroups.SetNamedPorts",
        SetNamedPortsInstanceGroupRequest.getDefaultInstance(),
        asked ->
            world
                .groups()
                .setNamedPorts(
                    Scope.zone(asked.request().getZone()),
                    asked.request().getInstanceGroup(),
                    Json.fingerprint(asked.body()),
                    asked
                        .request()
                        .getInstanceGroupsSetNamedPortsRequestResource()
                        .getNamedPortsList()));
  }

  private static Message instances(World world, ListInstancesInstanceGroupsRequest request) {
    Scope zone = Scope.zone(request.getZone());
    world.groups().instanceGroup(zone, request.getInstanceGroup());
    String state = request.getInstanceGroupsListInstancesRequestResource().getInstanceState();
    List<InstanceWithNamedPorts> all = new ArrayList<>();
    for (ManagedInstance member : world.groups().members(zone, request.getInstanceGroup())) {
      String status = member.getInstanceStatus();
      if (!status.isEmpty() && (!state.equals("RUNNING") || status.equals("RUNNING"))) {
        all.add(
            InstanceWithNamedPorts.newBuilder()
                .setInstance(member.getInstance())
                .setStatus(status)
                .build());
      }
    }
    String home =
        home(request.getProject(), request.getZone())
            + "/instanceGroups/"
            + request.getInstanceGroup();
    return Lists.page(InstanceGroupsListInstances.getDefaultInstance(), home, all, request);
  }

  private static String home(String project, String zone) {
    return "projects/" + project + "/zones/" + zone;
  }
}
