package localcloud.compute;

import com.google.cloud.compute.v1.AggregatedListAutoscalersRequest;
import com.google.cloud.compute.v1.Autoscaler;
import com.google.cloud.compute.v1.AutoscalerAggregatedList;
import com.google.cloud.compute.v1.AutoscalerList;
import com.google.cloud.compute.v1.DeleteAutoscalerRequest;
import com.google.cloud.compute.v1.DeleteRegionAutoscalerRequest;
import com.google.cloud.compute.v1.GetAutoscalerRequest;
import com.google.cloud.compute.v1.GetRegionAutoscalerRequest;
import com.google.cloud.compute.v1.InsertAutoscalerRequest;
import com.google.cloud.compute.v1.InsertRegionAutoscalerRequest;
import com.google.cloud.compute.v1.ListAutoscalersRequest;
import com.google.cloud.compute.v1.ListRegionAutoscalersRequest;
import com.google.cloud.compute.v1.PatchAutoscalerRequest;
import com.google.cloud.compute.v1.PatchRegionAutoscalerRequest;
import com.google.cloud.compute.v1.RegionAutoscalerList;
import com.google.cloud.compute.v1.UpdateAutoscalerRequest;
import com.google.cloud.compute.v1.UpdateRegionAutoscalerRequest;
import com.google.protobuf.Message;
import java.util.List;
import java.util.stream.Stream;
import localcloud.world.World;
import localcloud.world.autoscalers.Autoscalers;
import localcloud.world.places.Links;
import localcloud.world.places.Scope;

/** Autoscalers.* and RegionAutoscalers.*, which differ in the place alone. */
final class AutoscalerMethods {
  /** The requests of one of the two services, and its list. */
  private record Forms(
      Message insert,
      Message get,
      Message list,
      Message patch,
      Message update,
      Message delete,
      Message answer) {}

  private static final Forms ZONAL =
      new Forms(
          InsertAutoscalerRequest.getDefaultInstance(),
          GetAutoscalerRequest.getDefaultInstance(),
          ListAutoscalersRequest.getDefaultInstance(),
          PatchAutoscalerRequest.getDefaultInstance(),
          UpdateAutoscalerRequest.getDefaultInstance(),
          DeleteAutoscalerRequest.getDefaultInstance(),
          AutoscalerList.getDefaultInstance());

  private static final Forms REGIONAL =
      new Forms(
          InsertRegionAutoscalerRequest.getDefaultInstance(),
          GetRegionAutoscalerRequest.getDefaultInstance(),
          ListRegionAutoscalersRequest.getDefaultInstance(),
          PatchRegionAutoscalerRequest.getDefaultInstance(),
          UpdateRegionAutoscalerRequest.getDefaultInstance(),
          DeleteRegionAutoscalerRequest.getDefaultInstance(),
          RegionAutoscalerList.getDefaultInstance());

  private AutoscalerMethods() {}

  static void addTo(Handlers handlers) {
    add(handlers, "Autoscalers.", ZONAL);
    add(handlers, "RegionAutoscalers.", REGIONAL);
    handlers.read(
        "Autoscalers.AggregatedList",
        AggregatedListAutoscalersRequest.getDefaultInstance(),
        request -> aggregated(handlers.world(), request));
  }

  private static void add(Handlers handlers, String service, Forms forms) {
    Autoscalers autoscalers = handlers.world().autoscalers();
    handlers.read(
        service + "Get", forms.get(), request -> autoscalers.get(home(request), name(request)));
    handlers.read(
        service + "List",
        forms.list(),
        request ->
            Lists.page(forms.answer(), path(request), autoscalers.list(home(request)), request));
    handlers.change(
        service + "Insert",
        forms.insert(),
        request -> autoscalers.insert(home(request), resource(request)));
    handlers.patch(
        service + "Patch",
        forms.patch(),
        asked ->
            autoscalers.patch(
                home(asked.request()),
                name(asked.request()),
                now -> Json.patched(now, asked.body())));
    handlers.change(
        service + "Update",
        forms.update(),
        request -> autoscalers.update(home(request), name(request), resource(request)));
    handlers.change(
        service + "Delete",
        forms.delete(),
        request -> autoscalers.delete(home(request), name(request)));
  }

  private static Message aggregated(World world, AggregatedListAutoscalersRequest request) {
    List<Scope> homes =
        Stream.concat(
                world.places().zones().stream().map(zone -> Scope.zone(zone.getName())),
                world.places().regions().stream().map(region -> Scope.region(region.getName())))
            .toList();
    List<Autoscaler> all =
        homes.stream().flatMap(home -> world.autoscalers().list(home).stream()).toList();
    return Lists.aggregated(
        AutoscalerAggregatedList.getDefaultInstance(),
        all,
        request,
        new Lists.Places<>(
            homes.stream().map(Scope::path).toList(),
            one ->
                one.hasRegion()
                    ? "regions/" + Links.last(one.getRegion())
                    : "zones/" + Links.last(one.getZone())));
  }

  private static Scope home(Message request) {
    String region = Fields.text(request, "region");
    return region.isEmpty() ? Scope.zone(Fields.text(request, "zone")) : Scope.region(region);
  }

  private static String path(Message request) {
    return "projects/"
        + Fields.text(request, "project")
        + "/"
        + home(request).path()
        + "/autoscalers";
  }

  /** In the path, or for patch and update in the query, where the body may name it instead. */
  private static String name(Message request) {
    String name = Fields.text(request, "autoscaler");
    return name.isEmpty() ? resource(request).getName() : name;
  }

  private static Autoscaler resource(Message request) {
    return (Autoscaler)
        request.getField(request.getDescriptorForType().findFieldByName("autoscaler_resource"));
  }
}
