package localcloud.compute;

import com.google.cloud.compute.v1.AggregatedListInstanceTemplatesRequest;
import com.google.cloud.compute.v1.DeleteInstanceTemplateRequest;
import com.google.cloud.compute.v1.DeleteRegionInstanceTemplateRequest;
import com.google.cloud.compute.v1.GetInstanceTemplateRequest;
import com.google.cloud.compute.v1.GetRegionInstanceTemplateRequest;
import com.google.cloud.compute.v1.InsertInstanceTemplateRequest;
import com.google.cloud.compute.v1.InsertRegionInstanceTemplateRequest;
import com.google.cloud.compute.v1.InstanceTemplateAggregatedList;
import com.google.cloud.compute.v1.InstanceTemplateList;
import com.google.cloud.compute.v1.ListInstanceTemplatesRequest;
import com.google.cloud.compute.v1.ListRegionInstanceTemplatesRequest;
import com.google.protobuf.Message;
import java.util.Map;
import localcloud.world.templates.Templates;

/** InstanceTemplates.* and RegionInstanceTemplates.*: one kind of thing in two kinds of place. */
final class TemplateMethods {
  private static final Map<String, Message> LIST =
      Map.of(
          "InstanceTemplates.List", ListInstanceTemplatesRequest.getDefaultInstance(),
          "RegionInstanceTemplates.List", ListRegionInstanceTemplatesRequest.getDefaultInstance());
  private static final Map<String, Message> GET =
      Map.of(
          "InstanceTemplates.Get", GetInstanceTemplateRequest.getDefaultInstance(),
          "RegionInstanceTemplates.Get", GetRegionInstanceTemplateRequest.getDefaultInstance());
  private static final Map<String, Message> DELETE =
      Map.of(
          "InstanceTemplates.Delete",
          DeleteInstanceTemplateRequest.getDefaultInstance(),
          "RegionInstanceTemplates.Delete",
          DeleteRegionInstanceTemplateRequest.getDefaultInstance());

  private TemplateMethods() {}

  static void addTo(Handlers handlers) {
    Templates templates = handlers.world().templates();
    handlers.read(
        LIST,
        request ->
            Lists.page(
                InstanceTemplateList.getDefaultInstance(),
                Fields.home(request) + "/instanceTemplates",
                templates.list(Fields.scope(request)),
                request));
    handlers.read(GET, r -> templates.get(Fields.scope(r), name(r)));
    handlers.change(DELETE, r -> templates.delete(Fields.scope(r), name(r)));
    handlers.change(
        "InstanceTemplates.Insert",
        InsertInstanceTemplateRequest.getDefaultInstance(),
        r -> templates.insert(Fields.scope(r), r.getInstanceTemplateResource()));
    handlers.change(
        "RegionInstanceTemplates.Insert",
        InsertRegionInstanceTemplateRequest.getDefaultInstance(),
        r -> templates.insert(Fields.scope(r), r.getInstanceTemplateResource()));
    aggregated(handlers, templates);
  }

  private static void aggregated(Handlers handlers, Templates templates) {
    ByPlace places = ByPlace.globalAndRegions(handlers.world());
    handlers.read(
        "InstanceTemplates.AggregatedList",
        AggregatedListInstanceTemplatesRequest.getDefaultInstance(),
        request ->
            Lists.aggregated(
                InstanceTemplateAggregatedList.getDefaultInstance(),
                places.all(templates::list),
                request,
                places.lists()));
  }

  private static String name(Message request) {
    return Fields.text(request, "instance_template");
  }
}
