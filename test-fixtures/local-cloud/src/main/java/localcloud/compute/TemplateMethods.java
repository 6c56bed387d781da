package localcloud.compute;

import com.google.cloud.compute.v1.AggregatedListInstanceTemplatesRequest;
import com.google.cloud.compute.v1.DeleteInstanceTemplateRequest;
import com.google.cloud.compute.v1.GetInstanceTemplateRequest;
import com.google.cloud.compute.v1.InsertInstanceTemplateRequest;
import com.google.cloud.compute.v1.InstanceTemplateAggregatedList;
import com.google.cloud.compute.v1.InstanceTemplateList;
import com.google.cloud.compute.v1.ListInstanceTemplatesRequest;
import java.util.List;
import localcloud.world.Templates;

/** InstanceTemplates.*: the global ones. */
final class TemplateMethods {
  private TemplateMethods() {}

  static void addTo(Handlers handlers) {
    Templates templates = handlers.world().templates();
    handlers.read(
        "InstanceTemplates.List",
        ListInstanceTemplatesRequest.getDefaultInstance(),
        request ->
            Lists.page(
                InstanceTemplateList.getDefaultInstance(),
                "projects/" + request.getProject() + "/global/instanceTemplates",
                templates.list(),
                request));
    handlers.read(
        "InstanceTemplates.AggregatedList",
        AggregatedListInstanceTemplatesRequest.getDefaultInstance(),
        request ->
            Lists.aggregated(
                InstanceTemplateAggregatedList.getDefaultInstance(),
                templates.list(),
                request,
                new Lists.Places<>(List.of("global"), template -> "global")));
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
}
