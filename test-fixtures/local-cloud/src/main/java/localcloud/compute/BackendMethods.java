package localcloud.compute;

import com.google.cloud.compute.v1.AggregatedListBackendServicesRequest;
import com.google.cloud.compute.v1.BackendServiceAggregatedList;
import com.google.cloud.compute.v1.BackendServiceList;
import com.google.cloud.compute.v1.DeleteBackendServiceRequest;
import com.google.cloud.compute.v1.GetBackendServiceRequest;
import com.google.cloud.compute.v1.GetHealthBackendServiceRequest;
import com.google.cloud.compute.v1.InsertBackendServiceRequest;
import com.google.cloud.compute.v1.ListBackendServicesRequest;
import com.google.cloud.compute.v1.PatchBackendServiceRequest;
import com.google.cloud.compute.v1.UpdateBackendServiceRequest;
import java.util.List;
import localcloud.world.backends.Backends;

/** BackendServices.*: the global ones. */
final class BackendMethods {
  private BackendMethods() {}

  static void addTo(Handlers handlers) {
    Backends backends = handlers.world().backends();
    handlers.read(
        "BackendServices.List",
        ListBackendServicesRequest.getDefaultInstance(),
        request ->
            Lists.page(
                BackendServiceList.getDefaultInstance(),
                "projects/" + request.getProject() + "/global/backendServices",
                backends.list(),
                request));
    handlers.read(
        "BackendServices.AggregatedList",
        AggregatedListBackendServicesRequest.getDefaultInstance(),
        request ->
            Lists.aggregated(
                BackendServiceAggregatedList.getDefaultInstance(),
                backends.list(),
                request,
                new Lists.Places<>(List.of("global"), service -> "global")));
    handlers.read(
        "BackendServices.Get",
        GetBackendServiceRequest.getDefaultInstance(),
        request -> backends.get(request.getBackendService()));
    handlers.read(
        "BackendServices.GetHealth",
        GetHealthBackendServiceRequest.getDefaultInstance(),
        request ->
            backends.health(
                request.getBackendService(),
                request.getResourceGroupReferenceResource().getGroup()));
    changes(handlers, backends);
  }

  private static void changes(Handlers handlers, Backends backends) {
    handlers.change(
        "BackendServices.Insert",
        InsertBackendServiceRequest.getDefaultInstance(),
        request -> backends.insert(request.getBackendServiceResource()));
    handlers.patch(
        "BackendServices.Patch",
        PatchBackendServiceRequest.getDefaultInstance(),
        asked ->
            backends.change(
                "patch",
                asked.request().getBackendService(),
                Json.fingerprint(asked.body()),
                now -> Json.patched(now, asked.body())));
    handlers.patch(
        "BackendServices.Update",
        UpdateBackendServiceRequest.getDefaultInstance(),
        asked ->
            backends.change(
                "update",
                asked.request().getBackendService(),
                Json.fingerprint(asked.body()),
                now -> asked.request().getBackendServiceResource()));
    handlers.change(
        "BackendServices.Delete",
        DeleteBackendServiceRequest.getDefaultInstance(),
        request -> backends.delete(request.getBackendService()));
  }
}
