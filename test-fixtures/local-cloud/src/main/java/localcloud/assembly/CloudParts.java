package localcloud.assembly;

import com.sun.net.httpserver.HttpHandler;
import java.util.HashMap;
import java.util.Map;
import localcloud.access.Access;
import localcloud.balancer.Traffic;
import localcloud.clock.RunningClock;
import localcloud.compute.ComputeApi;
import localcloud.faults.Faults;
import localcloud.http.CallLog;
import localcloud.http.ComputeRoutes;
import localcloud.http.DemandRoute;
import localcloud.http.FaultRoutes;
import localcloud.http.Interference;
import localcloud.http.StatusRoutes;
import localcloud.http.StorageRoutes;
import localcloud.http.TokenRoute;
import localcloud.http.TrafficRoute;
import localcloud.http.UnknownRoutes;
import localcloud.logging.LogEntries;
import localcloud.logging.LoggingApi;
import localcloud.monitoring.Monitoring;
import localcloud.monitoring.MonitoringApi;
import localcloud.storage.ObjectStore;
import localcloud.world.World;

/**
 * What stands behind the doors of the local cloud.
 *
 * @param access who may do what
 * @param unknown notes what was asked for and is not there
 * @param faults what goes wrong by order
 * @param calls notes the calls of Google's APIs
 * @param seen metrics and log
 */
record CloudParts(
    RunningClock clock,
    World world,
    ObjectStore store,
    Access access,
    UnknownRoutes unknown,
    Faults faults,
    CallLog calls,
    Seen seen) {

  /**
   * What is seen of what runs.
   *
   * @param monitoring alert policies
   * @param entries what the function wrote
   * @param traffic what passed the load balancer
   */
  record Seen(Monitoring monitoring, LogEntries entries, Traffic traffic) {}

  /** The APIs of Google, and what is ours below {@code /_local/}. */
  Map<String, HttpHandler> routes() {
    Interference interference = new Interference(faults, clock);
    Map<String, HttpHandler> routes =
        new HashMap<>(new StorageRoutes(store, access, interference).handlers());
    HttpHandler compute = new ComputeRoutes(new ComputeApi(world), unknown, access, interference);
    routes.put("/compute/v1", compute);
    routes.put("/batch/compute/v1", compute);
    routes.put(
        "/v3",
        new StatusRoutes(
            new MonitoringApi(seen.monitoring())::answer, unknown, access, interference));
    routes.put(
        "/v2",
        new StatusRoutes(new LoggingApi(seen.entries())::answer, unknown, access, interference));
    routes.replaceAll((path, handler) -> calls.noting(handler));
    routes.put("/_local/demand", new DemandRoute(world));
    routes.put(TrafficRoute.PATH, new TrafficRoute(seen.traffic()::since));
    routes.put("/token", new TokenRoute(access));
    routes.put(FaultRoutes.PATH, new FaultRoutes(faults));
    return routes;
  }
}
