package localcloud.compute;

import com.google.cloud.compute.v1.AggregatedListInstanceGroupManagersRequest;
import com.google.cloud.compute.v1.DeleteInstanceGroupManagerRequest;
import com.google.cloud.compute.v1.DeleteRegionInstanceGroupManagerRequest;
import com.google.cloud.compute.v1.GetInstanceGroupManagerRequest;
import com.google.cloud.compute.v1.GetRegionInstanceGroupManagerRequest;
import com.google.cloud.compute.v1.InsertInstanceGroupManagerRequest;
import com.google.cloud.compute.v1.InsertRegionInstanceGroupManagerRequest;
import com.google.cloud.compute.v1.InstanceGroupManager;
import com.google.cloud.compute.v1.InstanceGroupManagerAggregatedList;
import com.google.cloud.compute.v1.InstanceGroupManagerList;
import com.google.cloud.compute.v1.ListInstanceGroupManagersRequest;
import com.google.cloud.compute.v1.ListRegionInstanceGroupManagersRequest;
import com.google.cloud.compute.v1.Operation;
import com.google.cloud.compute.v1.PatchInstanceGroupManagerRequest;
import com.google.cloud.compute.v1.PatchRegionInstanceGroupManagerRequest;
import com.google.cloud.compute.v1.RegionInstanceGroupManagerList;
import com.google.cloud.compute.v1.ResizeInstanceGroupManagerRequest;
import com.google.cloud.compute.v1.ResizeRegionInstanceGroupManagerRequest;
import com.google.cloud.compute.v1.SetInstanceTemplateInstanceGroupManagerRequest;
import com.google.cloud.compute.v1.SetInstanceTemplateRegionInstanceGroupManagerRequest;
import com.google.gson.JsonObject;
import com.google.protobuf.Message;
import java.util.Map;
import localcloud.world.groups.Groups;
import localcloud.world.refusals.Refusals;

/** InstanceGroupManagers.* and RegionInstanceGroupManagers.*: groups as wholes. */
final class GroupMethods {
  private static final Map<String, Message> GET =
      Map.of(
          "InstanceGroupManagers.Get", GetInstanceGroupManagerRequest.getDefaultInstance(),
          "RegionInstanceGroupManagers.Get",
              GetRegionInstanceGroupManagerRequest.getDefaultInstance());
  private static final Map<String, Message> LIST =
      Map.of(
          "InstanceGroupManagers.List", ListInstanceGroupManagersRequest.getDefaultInstance(),
          "RegionInstanceGroupManagers.List",
              ListRegionInstanceGroupManagersRequest.getDefaultInstance());
  private static final Map<String, Message> INSERT =
      Map.of(
          "InstanceGroupManagers.Insert", InsertInstanceGroupManagerRequest.getDefaultInstance(),
          "RegionInstanceGroupManagers.Insert",
              InsertRegionInstanceGroupManagerRequest.getDefaultInstance());
  private static final Map<String, Message> PATCH =
      Map.of(
          "InstanceGroupManagers.Patch", PatchInstanceGroupManagerRequest.getDefaultInstance(),
          "RegionInstanceGroupManagers.Patch",
              PatchRegionInstanceGroupManagerRequest.getDefaultInstance());
  private static final Map<String, Message> RESIZE =
      Map.of(
          "InstanceGroupManagers.Resize", ResizeInstanceGroupManagerRequest.getDefaultInstance(),
          "RegionInstanceGroupManagers.Resize",
              ResizeRegionInstanceGroupManagerRequest.getDefaultInstance());
  private static final Map<String, Message> DELETE =
      Map.of(
          "InstanceGroupManagers.Delete", DeleteInstanceGroupManagerRequest.getDefaultInstance(),
          "RegionInstanceGroupManagers.Delete",
              DeleteRegionInstanceGroupManagerRequest.getDefaultInstance());

  private static final Map<String, Message> SET_TEMPLATE =
      Map.of(
          "InstanceGroupManagers.SetInstanceTemplate",
              SetInstanceTemplateInstanceGroupManagerRequest.getDefaultInstance(),
          "RegionInstanceGroupManagers.SetInstanceTemplate",
              SetInstanceTemplateRegionInstanceGroupManagerRequest.getDefaultInstance());

  private GroupMethods() {}

  static void addTo(Handlers handlers) {
    Groups groups = handlers.world().groups();
    handlers.read(GET, r -> groups.get(Fields.scope(r), name(r)));
    handlers.read(LIST, r -> list(groups, r));
    aggregated(handlers, groups);
    handlers.change(
        INSERT, r -> groups.insert(Fields.scope(r), (InstanceGroupManager) Fields.body(r)));
    PATCH.forEach(
        (method, prototype) -> handlers.patch(method, prototype, asked -> patch(groups, asked)));
    handlers.change(
        SET_TEMPLATE,
        r ->
            groups.setTemplate(
                Fields.scope(r), name(r), Fields.text(Fields.body(r), "instance_template")));
    handlers.change(RESIZE, r -> groups.resize(Fields.scope(r), name(r), Fields.number(r, "size")));
    handlers.change(DELETE, r -> groups.delete(Fields.scope(r), name(r)));
  }

  /** The group's name, in requests for it or its instances. */
  static String name(Message request) {
    return Fields.text(request, "instance_group_manager");
  }

  private static Message list(Groups groups, Message request) {
    return Lists.page(
        Fields.either(
            request,
            InstanceGroupManagerList.getDefaultInstance(),
            RegionInstanceGroupManagerList.getDefaultInstance()),
        Fields.home(request) + "/instanceGroupManagers",
        groups.list(Fields.scope(request)),
        request);
  }

  private static void aggregated(Handlers handlers, Groups groups) {
    ByPlace places = ByPlace.zonesAndRegions(handlers.world());
    handlers.read(
        "InstanceGroupManagers.AggregatedList",
        AggregatedListInstanceGroupManagersRequest.getDefaultInstance(),
        r ->
            Lists.aggregated(
                InstanceGroupManagerAggregatedList.getDefaultInstance(),
                places.all(groups::list),
                r,
                places.lists()));
  }

  private static Operation patch(Groups groups, Handlers.Asked<Message> asked) {
    JsonObject body = asked.body();
    if (body.has("namedPorts")) {
      // googleapis/google-cloud-ruby#24808: naming them is enough to be refused.
      throw Refusals.invalid("resource.namedPorts", "", "Named ports are immutable.");
    }
    return groups.patch(
        Fields.scope(asked.request()),
        name(asked.request()),
        Json.fingerprint(body),
        now -> Json.patched(now, body));
  }
}
