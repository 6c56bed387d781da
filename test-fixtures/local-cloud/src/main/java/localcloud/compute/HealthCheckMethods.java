package localcloud.compute;

import com.google.cloud.compute.v1.AggregatedListHealthChecksRequest;
import com.google.cloud.compute.v1.DeleteHealthCheckRequest;
import com.google.cloud.compute.v1.GetHealthCheckRequest;
import com.google.cloud.compute.v1.HealthCheckList;
import com.google.cloud.compute.v1.HealthChecksAggregatedList;
import com.google.cloud.compute.v1.InsertHealthCheckRequest;
import com.google.cloud.compute.v1.ListHealthChecksRequest;
import com.google.cloud.compute.v1.PatchHealthCheckRequest;
import com.google.cloud.compute.v1.UpdateHealthCheckRequest;
import java.util.List;
import localcloud.world.healthchecks.HealthChecks;

/** HealthChecks.*: the global ones. */
final class HealthCheckMethods {
  private HealthCheckMethods() {}

  static void addTo(Handlers handlers) {
    HealthChecks checks = handlers.world().healthChecks();
    handlers.read(
        "HealthChecks.List",
        ListHealthChecksRequest.getDefaultInstance(),
        request ->
            Lists.page(
                HealthCheckList.getDefaultInstance(),
                "projects/" + request.getProject() + "/global/healthChecks",
                checks.list(),
                request));
    handlers.read(
        "HealthChecks.AggregatedList",
        AggregatedListHealthChecksRequest.getDefaultInstance(),
        request ->
            Lists.aggregated(
                HealthChecksAggregatedList.getDefaultInstance(),
                checks.list(),
                request,
                new Lists.Places<>(List.of("global"), check -> "global")));
    handlers.read(
        "HealthChecks.Get",
        GetHealthCheckRequest.getDefaultInstance(),
        request -> checks.get(request.getHealthCheck()));
    changes(handlers, checks);
  }

  private static void changes(Handlers handlers, HealthChecks checks) {
    handlers.change(
        "HealthChecks.Insert",
        InsertHealthCheckRequest.getDefaultInstance(),
        request -> checks.insert(request.getHealthCheckResource()));
    handlers.change(
        "HealthChecks.Update",
        UpdateHealthCheckRequest.getDefaultInstance(),
        request -> checks.update(request.getHealthCheck(), request.getHealthCheckResource()));
    handlers.patch(
        "HealthChecks.Patch",
        PatchHealthCheckRequest.getDefaultInstance(),
        asked ->
            checks.patch(asked.request().getHealthCheck(), now -> Json.patched(now, asked.body())));
    handlers.change(
        "HealthChecks.Delete",
        DeleteHealthCheckRequest.getDefaultInstance(),
        request -> checks.delete(request.getHealthCheck()));
  }
}
