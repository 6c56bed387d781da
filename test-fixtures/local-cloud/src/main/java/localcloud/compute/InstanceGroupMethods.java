package localcloud.compute;

import com.google.cloud.compute.v1.AggregatedListInstanceGroupsRequest;
import com.google.cloud.compute.v1.GetInstanceGroupRequest;
import com.google.cloud.compute.v1.GetRegionInstanceGroupRequest;
import com.google.cloud.compute.v1.InstanceGroupAggregatedList;
import com.google.cloud.compute.v1.InstanceGroupList;
import com.google.cloud.compute.v1.InstanceGroupsListInstances;
import com.google.cloud.compute.v1.InstanceWithNamedPorts;
import com.google.cloud.compute.v1.ListInstanceGroupsRequest;
import com.google.cloud.compute.v1.ListInstancesInstanceGroupsRequest;
import com.google.cloud.compute.v1.ListInstancesRegionInstanceGroupsRequest;
import com.google.cloud.compute.v1.ListRegionInstanceGroupsRequest;
import com.google.cloud.compute.v1.ManagedInstance;
import com.google.cloud.compute.v1.RegionInstanceGroupList;
import com.google.cloud.compute.v1.RegionInstanceGroupsListInstances;
import com.google.cloud.compute.v1.SetNamedPortsInstanceGroupRequest;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import localcloud.world.World;
import localcloud.world.groups.Groups;
import localcloud.world.places.Scope;

/** InstanceGroups.* and RegionInstanceGroups.*: the other side of managed groups. */
final class InstanceGroupMethods {
  private static final Map<String, Message> GET =
      Map.of(
          "InstanceGroups.Get", GetInstanceGroupRequest.getDefaultInstance(),
          "RegionInstanceGroups.Get", GetRegionInstanceGroupRequest.getDefaultInstance());
  private static final Map<String, Message> LIST =
      Map.of(
          "InstanceGroups.List", ListInstanceGroupsRequest.getDefaultInstance(),
          "RegionInstanceGroups.List", ListRegionInstanceGroupsRequest.getDefaultInstance());
  private static final Map<String, Message> LIST_INSTANCES =
      Map.of(
          "InstanceGroups.ListInstances",
          ListInstancesInstanceGroupsRequest.getDefaultInstance(),
          "RegionInstanceGroups.ListInstances",
          ListInstancesRegionInstanceGroupsRequest.getDefaultInstance());

  private InstanceGroupMethods() {}

  static void addTo(Handlers handlers) {
    World world = handlers.world();
    Groups groups = world.groups();
    handlers.read(GET, r -> groups.instanceGroup(Fields.scope(r), name(r)));
    handlers.read(LIST, r -> list(groups, r));
    handlers.read(LIST_INSTANCES, r -> instances(groups, r));
    ByPlace places = ByPlace.zonesAndRegions(world);
    handlers.read(
        "InstanceGroups.AggregatedList",
        AggregatedListInstanceGroupsRequest.getDefaultInstance(),
        r ->
            Lists.aggregated(
                InstanceGroupAggregatedList.getDefaultInstance(),
                places.all(groups::instanceGroups),
                r,
                places.lists()));
    namedPorts(handlers, world);
  }

  private static Message list(Groups groups, Message request) {
    return Lists.page(
        Fields.either(
            request,
            InstanceGroupList.getDefaultInstance(),
            RegionInstanceGroupList.getDefaultInstance()),
        Fields.home(request) + "/instanceGroups",
        groups.instanceGroups(Fields.scope(request)),
        request);
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

  private static Message instances(Groups groups, Message request) {
    Scope home = Fields.scope(request);
    groups.instanceGroup(home, name(request));
    String state = Fields.text(Fields.body(request), "instance_state");
    List<InstanceWithNamedPorts> all = new ArrayList<>();
    for (ManagedInstance member : groups.members(home, name(request))) {
      String status = member.getInstanceStatus();
      if (!status.isEmpty() && (!state.equals("RUNNING") || status.equals("RUNNING"))) {
        all.add(
            InstanceWithNamedPorts.newBuilder()
                .setInstance(member.getInstance())
                .setStatus(status)
                .build());
      }
    }
    return Lists.page(
        Fields.either(
            request,
            InstanceGroupsListInstances.getDefaultInstance(),
            RegionInstanceGroupsListInstances.getDefaultInstance()),
        Fields.home(request) + "/instanceGroups/" + name(request),
        all,
        request);
  }

  private static String name(Message request) {
    return Fields.text(request, "instance_group");
  }
}
