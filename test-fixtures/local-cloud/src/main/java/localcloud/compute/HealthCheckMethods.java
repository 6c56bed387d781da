package localcloud.compute;

import com.google.cloud.compute.v1.DeleteHealthCheckRequest;
import com.google.cloud.compute.v1.GetHealthCheckRequest;
import com.google.cloud.compute.v1.HealthCheck;
import com.google.cloud.compute.v1.HealthCheckList;
import com.google.cloud.compute.v1.InsertHealthCheckRequest;
import com.google.cloud.compute.v1.ListHealthChecksRequest;
import com.google.cloud.compute.v1.PatchHealthCheckRequest;
import localcloud.world.HealthChecks;
import localcloud.world.Links;
import localcloud.world.World;

/** HealthChecks.*: the global ones. */
final class HealthCheckMethods {
  private HealthCheckMethods() {}

  static void addTo(Handlers handlers) {
    World world = handlers.world();
    HealthChecks checks = world.healthChecks();
    handlers.read(
        "HealthChecks.List",
        ListHealthChecksRequest.getDefaultInstance(),
        request -> list(world, request));
    handlers.read(
        "HealthChecks.Get",
        GetHealthCheckRequest.getDefaultInstance(),
        request -> checks.get(request.getHealthCheck()));
    handlers.change(
        "HealthChecks.Insert",
        InsertHealthCheckRequest.getDefaultInstance(),
        request -> checks.insert(request.getHealthCheckResource()));
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

  private static HealthCheckList list(World world, ListHealthChecksRequest request) {
    Page<HealthCheck> page = Page.of(world.healthChecks().list(), request);
    String home = "projects/" + request.getProject() + "/global/healthChecks";
    HealthCheckList.Builder list =
        HealthCheckList.newBuilder()
            .setKind("compute#healthCheckList")
            .setId(home)
            .setSelfLink(Links.ROOT + home)
            .addAllItems(page.items());
    if (!page.next().isEmpty()) {
      list.setNextPageToken(page.next());
    }
    return list.build();
  }
}
