package localcloud.compute;

import com.google.cloud.compute.v1.AggregatedListAutoscalersRequest;
import com.google.cloud.compute.v1.AggregatedListInstanceGroupManagersRequest;
import com.google.cloud.compute.v1.AutoscalerAggregatedList;
import com.google.cloud.compute.v1.AutoscalerList;
import com.google.cloud.compute.v1.AutoscalersScopedList;
import com.google.cloud.compute.v1.InstanceGroup;
import com.google.cloud.compute.v1.InstanceGroupList;
import com.google.cloud.compute.v1.InstanceGroupManager;
import com.google.cloud.compute.v1.InstanceGroupManagerAggregatedList;
import com.google.cloud.compute.v1.InstanceGroupManagerList;
import com.google.cloud.compute.v1.InstanceGroupManagersScopedList;
import com.google.cloud.compute.v1.ListAutoscalersRequest;
import com.google.cloud.compute.v1.ListInstanceGroupManagersRequest;
import com.google.cloud.compute.v1.ListInstanceGroupsRequest;
import com.google.cloud.compute.v1.Zone;
import java.util.ArrayList;
import java.util.List;
import localcloud.world.Links;
import localcloud.world.Scope;
import localcloud.world.World;

/** Lists of groups, and of autoscalers: gcloud asks for these beside each group, there are none. */
final class GroupLists {
  private GroupLists() {}

  static void addTo(Handlers handlers) {
    World world = handlers.world();
    handlers.read(
        "InstanceGroupManagers.List",
        ListInstanceGroupManagersRequest.getDefaultInstance(),
        request -> list(world, request));
    handlers.read(
        "InstanceGroupManagers.AggregatedList",
        AggregatedListInstanceGroupManagersRequest.getDefaultInstance(),
        request -> aggregated(world, request));
    handlers.read(
        "InstanceGroups.List",
        ListInstanceGroupsRequest.getDefaultInstance(),
        request -> instanceGroups(world, request));
    handlers.read(
        "Autoscalers.List", ListAutoscalersRequest.getDefaultInstance(), GroupLists::autoscalers);
    handlers.read(
        "Autoscalers.AggregatedList",
        AggregatedListAutoscalersRequest.getDefaultInstance(),
        request -> allAutoscalers(world, request));
  }

  private static InstanceGroupManagerList list(
      World world, ListInstanceGroupManagersRequest request) {
    Page<InstanceGroupManager> page =
        Page.of(world.groups().list(Scope.zone(request.getZone())), request);
    String home = home(request.getProject(), request.getZone()) + "/instanceGroupManagers";
    InstanceGroupManagerList.Builder list =
        InstanceGroupManagerList.newBuilder()
            .setKind("compute#instanceGroupManagerList")
            .setId(home)
            .setSelfLink(Links.ROOT + home)
            .addAllItems(page.items());
    if (!page.next().isEmpty()) {
      list.setNextPageToken(page.next());
    }
    return list.build();
  }

  private static InstanceGroupManagerAggregatedList aggregated(
      World world, AggregatedListInstanceGroupManagersRequest request) {
    List<InstanceGroupManager> all = new ArrayList<>();
    for (Zone zone : world.places().zones()) {
      all.addAll(world.groups().list(Scope.zone(zone.getName())));
    }
    Page<InstanceGroupManager> page = Page.of(all, request);
    String home = "projects/" + request.getProject() + "/aggregated/instanceGroupManagers";
    InstanceGroupManagerAggregatedList.Builder list =
        InstanceGroupManagerAggregatedList.newBuilder()
            .setKind("compute#instanceGroupManagerAggregatedList")
            .setId(home)
            .setSelfLink(Links.ROOT + home);
    for (Zone zone : world.places().zones()) {
      String key = "zones/" + zone.getName();
      List<InstanceGroupManager> here =
          page.items().stream()
              .filter(group -> group.getZone().equals(zone.getSelfLink()))
              .toList();
      InstanceGroupManagersScopedList.Builder scoped =
          InstanceGroupManagersScopedList.newBuilder().addAllInstanceGroupManagers(here);
      list.putItems(key, (here.isEmpty() ? scoped.setWarning(Scoped.empty(key)) : scoped).build());
    }
    if (!page.next().isEmpty()) {
      list.setNextPageToken(page.next());
    }
    return list.build();
  }

  private static InstanceGroupList instanceGroups(World world, ListInstanceGroupsRequest request) {
    Page<InstanceGroup> page =
        Page.of(world.groups().instanceGroups(Scope.zone(request.getZone())), request);
    String home = home(request.getProject(), request.getZone()) + "/instanceGroups";
    InstanceGroupList.Builder list =
        InstanceGroupList.newBuilder()
            .setKind("compute#instanceGroupList")
            .setId(home)
            .setSelfLink(Links.ROOT + home)
            .addAllItems(page.items());
    if (!page.next().isEmpty()) {
      list.setNextPageToken(page.next());
    }
    return list.build();
  }

  private static AutoscalerList autoscalers(ListAutoscalersRequest request) {
    String home = home(request.getProject(), request.getZone()) + "/autoscalers";
    return AutoscalerList.newBuilder()
        .setKind("compute#autoscalerList")
        .setId(home)
        .setSelfLink(Links.ROOT + home)
        .build();
  }

  private static AutoscalerAggregatedList allAutoscalers(
      World world, AggregatedListAutoscalersRequest request) {
    String home = "projects/" + request.getProject() + "/aggregated/autoscalers";
    AutoscalerAggregatedList.Builder list =
        AutoscalerAggregatedList.newBuilder()
            .setKind("compute#autoscalerAggregatedList")
            .setId(home)
            .setSelfLink(Links.ROOT + home);
    for (Zone zone : world.places().zones()) {
      String key = "zones/" + zone.getName();
      list.putItems(key, AutoscalersScopedList.newBuilder().setWarning(Scoped.empty(key)).build());
    }
    return list.build();
  }

  private static String home(String project, String zone) {
    return "projects/" + project + "/zones/" + zone;
  }
}
