package localcloud.compute;

import com.google.cloud.compute.v1.AbandonInstancesInstanceGroupManagerRequest;
import com.google.cloud.compute.v1.AbandonInstancesRegionInstanceGroupManagerRequest;
import com.google.cloud.compute.v1.ApplyUpdatesToInstancesInstanceGroupManagerRequest;
import com.google.cloud.compute.v1.ApplyUpdatesToInstancesRegionInstanceGroupManagerRequest;
import com.google.cloud.compute.v1.CreateInstancesInstanceGroupManagerRequest;
import com.google.cloud.compute.v1.CreateInstancesRegionInstanceGroupManagerRequest;
import com.google.cloud.compute.v1.DeleteInstancesInstanceGroupManagerRequest;
import com.google.cloud.compute.v1.DeleteInstancesRegionInstanceGroupManagerRequest;
import com.google.cloud.compute.v1.InstanceGroupManagersListErrorsResponse;
import com.google.cloud.compute.v1.InstanceGroupManagersListManagedInstancesResponse;
import com.google.cloud.compute.v1.InstanceGroupManagersListPerInstanceConfigsResp;
import com.google.cloud.compute.v1.ListErrorsInstanceGroupManagersRequest;
import com.google.cloud.compute.v1.ListErrorsRegionInstanceGroupManagersRequest;
import com.google.cloud.compute.v1.ListManagedInstancesInstanceGroupManagersRequest;
import com.google.cloud.compute.v1.ListManagedInstancesRegionInstanceGroupManagersRequest;
import com.google.cloud.compute.v1.ListPerInstanceConfigsInstanceGroupManagersRequest;
import com.google.cloud.compute.v1.ListPerInstanceConfigsRegionInstanceGroupManagersRequest;
import com.google.cloud.compute.v1.ManagedInstance;
import com.google.cloud.compute.v1.Operation;
import com.google.cloud.compute.v1.PerInstanceConfig;
import com.google.cloud.compute.v1.RecreateInstancesInstanceGroupManagerRequest;
import com.google.cloud.compute.v1.RecreateInstancesRegionInstanceGroupManagerRequest;
import com.google.cloud.compute.v1.RegionInstanceGroupManagersListErrorsResponse;
import com.google.cloud.compute.v1.RegionInstanceGroupManagersListInstanceConfigsResp;
import com.google.cloud.compute.v1.RegionInstanceGroupManagersListInstancesResponse;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Map;
import java.util.Set;
import localcloud.world.World;
import localcloud.world.groups.Groups;
import localcloud.world.groups.ManagedInstances;
import localcloud.world.places.Scope;
import localcloud.world.refusals.Refusals;
import localcloud.world.resources.Names;

/** InstanceGroupManagers.* and RegionInstanceGroupManagers.*: the instances of a group. */
final class MemberMethods {
  private static final Map<String, Message> LIST =
      Map.of(
          "InstanceGroupManagers.ListManagedInstances",
          ListManagedInstancesInstanceGroupManagersRequest.getDefaultInstance(),
          "RegionInstanceGroupManagers.ListManagedInstances",
          ListManagedInstancesRegionInstanceGroupManagersRequest.getDefaultInstance());
  private static final Map<String, Message> LIST_ERRORS =
      Map.of(
          "InstanceGroupManagers.ListErrors",
          ListErrorsInstanceGroupManagersRequest.getDefaultInstance(),
          "RegionInstanceGroupManagers.ListErrors",
          ListErrorsRegionInstanceGroupManagersRequest.getDefaultInstance());
  private static final Map<String, Message> LIST_CONFIGS =
      Map.of(
          "InstanceGroupManagers.ListPerInstanceConfigs",
          ListPerInstanceConfigsInstanceGroupManagersRequest.getDefaultInstance(),
          "RegionInstanceGroupManagers.ListPerInstanceConfigs",
          ListPerInstanceConfigsRegionInstanceGroupManagersRequest.getDefaultInstance());
  private static final Map<String, Message> RECREATE =
      Map.of(
          "InstanceGroupManagers.RecreateInstances",
          RecreateInstancesInstanceGroupManagerRequest.getDefaultInstance(),
          "RegionInstanceGroupManagers.RecreateInstances",
          RecreateInstancesRegionInstanceGroupManagerRequest.getDefaultInstance());
  private static final Map<String, Message> APPLY =
      Map.of(
          "InstanceGroupManagers.ApplyUpdatesToInstances",
          ApplyUpdatesToInstancesInstanceGroupManagerRequest.getDefaultInstance(),
          "RegionInstanceGroupManagers.ApplyUpdatesToInstances",
          ApplyUpdatesToInstancesRegionInstanceGroupManagerRequest.getDefaultInstance());
  private static final Map<String, Message> DELETE =
      Map.of(
          "InstanceGroupManagers.DeleteInstances",
          DeleteInstancesInstanceGroupManagerRequest.getDefaultInstance(),
          "RegionInstanceGroupManagers.DeleteInstances",
          DeleteInstancesRegionInstanceGroupManagerRequest.getDefaultInstance());

  private static final Map<String, Message> ABANDON =
      Map.of(
          "InstanceGroupManagers.AbandonInstances",
          AbandonInstancesInstanceGroupManagerRequest.getDefaultInstance(),
          "RegionInstanceGroupManagers.AbandonInstances",
          AbandonInstancesRegionInstanceGroupManagerRequest.getDefaultInstance());
  private static final Map<String, Message> CREATE =
      Map.of(
          "InstanceGroupManagers.CreateInstances",
          CreateInstancesInstanceGroupManagerRequest.getDefaultInstance(),
          "RegionInstanceGroupManagers.CreateInstances",
          CreateInstancesRegionInstanceGroupManagerRequest.getDefaultInstance());

  private MemberMethods() {}

  static void addTo(Handlers handlers) {
    Groups groups = handlers.world().groups();
    ManagedInstances single = handlers.world().managedInstances();
    handlers.read(LIST, r -> list(groups, r));
    handlers.change(
        ABANDON,
        r -> single.abandon(Fields.scope(r), GroupMethods.name(r), instances(Fields.body(r))));
    handlers.change(
        CREATE, r -> single.create(Fields.scope(r), GroupMethods.name(r), names(Fields.body(r))));
    handlers.read(LIST_ERRORS, r -> errors(groups, r));
    handlers.read(LIST_CONFIGS, r -> configs(groups, r));
    handlers.change(
        RECREATE,
        r -> single.recreate(Fields.scope(r), GroupMethods.name(r), instances(Fields.body(r))));
    handlers.change(APPLY, r -> apply(handlers.world(), r));
    handlers.change(DELETE, r -> delete(single, r));
  }

  /** PAGELESS, the default: "the group returns all and ignores maxResults and pageToken". */
  private static Message list(Groups groups, Message request) {
    Scope home = Fields.scope(request);
    List<ManagedInstance> all = groups.members(home, GroupMethods.name(request));
    Message answer =
        Fields.either(
            request,
            InstanceGroupManagersListManagedInstancesResponse.getDefaultInstance(),
            RegionInstanceGroupManagersListInstancesResponse.getDefaultInstance());
    String listing = groups.get(home, GroupMethods.name(request)).getListManagedInstancesResults();
    return listing.equals("PAGINATED")
        ? Lists.page(answer, "", all, request)
        : Lists.whole(answer, all, request);
  }

  private static Message errors(Groups groups, Message request) {
    return Lists.page(
        Fields.either(
            request,
            InstanceGroupManagersListErrorsResponse.getDefaultInstance(),
            RegionInstanceGroupManagersListErrorsResponse.getDefaultInstance()),
        "",
        groups.errors(Fields.scope(request), GroupMethods.name(request)),
        request);
  }

  /** There are none: stateful groups are refused. */
  private static Message configs(Groups groups, Message request) {
    groups.get(Fields.scope(request), GroupMethods.name(request));
    return Lists.page(
        Fields.either(
            request,
            InstanceGroupManagersListPerInstanceConfigsResp.getDefaultInstance(),
            RegionInstanceGroupManagersListInstanceConfigsResp.getDefaultInstance()),
        "",
        List.<PerInstanceConfig>of(),
        request);
  }

  private static Operation apply(World world, Message request) {
    Message body = Fields.body(request);
    Scope home = Fields.scope(request);
    String name = GroupMethods.name(request);
    String least = Fields.text(body, "minimal_action");
    if (!Set.of("", "NONE", "REFRESH", "REPLACE").contains(least)
        || !Set.of("", "REPLACE").contains(Fields.text(body, "most_disruptive_allowed_action"))) {
      throw Refusals.notModelled("the minimalAction RESTART, or a limit other than REPLACE");
    }
    List<String> chosen =
        Fields.text(body, "all_instances").equals("true")
            ? world.groups().members(home, name).stream()
                .filter(member -> !member.getCurrentAction().equals("DELETING"))
                .map(ManagedInstance::getInstance)
                .toList()
            : instances(body);
    return world.managedInstances().applyUpdates(home, name, chosen, least.equals("REPLACE"));
  }

  private static Operation delete(ManagedInstances single, Message request) {
    Message body = Fields.body(request);
    if (Fields.text(body, "skip_instances_on_validation_error").equals("true")) {
      throw Refusals.notModelled("skipInstancesOnValidationError");
    }
    return single.delete(Fields.scope(request), GroupMethods.name(request), instances(body));
  }

  /** Of configurations the name alone is kept: stateful groups are refused. */
  private static List<String> names(Message body) {
    List<?> configs =
        (List<?>) body.getField(body.getDescriptorForType().findFieldByName("instances"));
    for (Object config : configs) {
      Names.refuseOthers(Names.said((PerInstanceConfig) config), Set.of("name"), "instances.");
    }
    return configs.stream().map(config -> ((PerInstanceConfig) config).getName()).toList();
  }

  static List<String> instances(Message body) {
    List<String> instances = Fields.texts(body, "instances");
    if (instances.isEmpty()) {
      throw Refusals.required("instances");
    }
    return instances;
  }
}
