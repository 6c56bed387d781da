package localcloud.compute;

import com.google.cloud.compute.v1.AggregatedListInstanceTemplatesRequest;
import com.google.cloud.compute.v1.DeleteInstanceTemplateRequest;
import com.google.cloud.compute.v1.GetInstanceTemplateRequest;
import com.google.cloud.compute.v1.InsertInstanceTemplateRequest;
import com.google.cloud.compute.v1.InstanceTemplate;
import com.google.cloud.compute.v1.InstanceTemplateAggregatedList;
import com.google.cloud.compute.v1.InstanceTemplateList;
import com.google.cloud.compute.v1.InstanceTemplatesScopedList;
import com.google.cloud.compute.v1.ListInstanceTemplatesRequest;
import localcloud.world.Links;
import localcloud.world.Templates;
import localcloud.world.World;

/** InstanceTemplates.*: the global ones. */
final class TemplateMethods {
  private TemplateMethods() {}

  static void addTo(Handlers handlers) {
    World world = handlers.world();
    Templates templates = world.templates();
    handlers.read(
        "InstanceTemplates.List",
        ListInstanceTemplatesRequest.getDefaultInstance(),
        request -> list(world, request));
    handlers.read(
        "InstanceTemplates.AggregatedList",
        AggregatedListInstanceTemplatesRequest.getDefaultInstance(),
        request -> aggregated(world, request));
    handlers.read(
        "InstanceTemplates.Get",
        GetInstanceTemplateRequest.getDefaultInstance(),
        request -> templates.get(request.getInstanceTemplate()));
    handlers.change(
        "InstanceTemplates.Insert",
        InsertInstanceTemplateRequest.getDefaultInstance(),
        request -> templates.insert(request.getInstanceTemplateResource()));
    handlers.change(
        "InstanceTemplates.Delete",
        DeleteInstanceTemplateRequest.getDefaultInstance(),
        request -> templates.delete(request.getInstanceTemplate()));
  }

  private static InstanceTemplateList list(World world, ListInstanceTemplatesRequest request) {
    Page<InstanceTemplate> page = Page.of(world.templates().list(), request);
    String home = "projects/" + request.getProject() + "/global/instanceTemplates";
    InstanceTemplateList.Builder list =
        InstanceTemplateList.newBuilder()
            .setKind("compute#instanceTemplateList")
            .setId(home)
            .setSelfLink(Links.ROOT + home)
            .addAllItems(page.items());
    if (!page.next().isEmpty()) {
      list.setNextPageToken(page.next());
    }
    return list.build();
  }

  private static InstanceTemplateAggregatedList aggregated(
      World world, AggregatedListInstanceTemplatesRequest request) {
    Page<InstanceTemplate> page = Page.of(world.templates().list(), request);
    InstanceTemplatesScopedList.Builder global =
        InstanceTemplatesScopedList.newBuilder().addAllInstanceTemplates(page.items());
    if (page.items().isEmpty()) {
      global.setWarning(Scoped.empty("global"));
    }
    String home = "projects/" + request.getProject() + "/aggregated/instanceTemplates";
    InstanceTemplateAggregatedList.Builder list =
        InstanceTemplateAggregatedList.newBuilder()
            .setKind("compute#instanceTemplateAggregatedList")
            .setId(home)
            .setSelfLink(Links.ROOT + home)
            .putItems("global", global.build());
    if (!page.next().isEmpty()) {
      list.setNextPageToken(page.next());
    }
    return list.build();
  }
}
