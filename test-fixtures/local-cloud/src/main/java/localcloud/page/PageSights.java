package localcloud.page;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import localcloud.balancer.Second;
import localcloud.clock.CloudClock;
import localcloud.storage.ObjectStore;
import localcloud.world.World;

/**
 * What the page looks at.
 *
 * @param clock the cloud's time
 * @param uploads the bucket that deployments come through
 * @param records the bucket of their records
 * @param log the function's lines
 * @param traffic the load balancer's seconds from an instant on, by time
 */
public record PageSights(
    World world,
    ObjectStore store,
    CloudClock clock,
    String uploads,
    String records,
    LogLines log,
    Function<Instant, List<Second>> traffic) {
  List<Source> sources(int speed) {
    return List.of(
        cells -> cells.put("cloud", cloud(speed)),
        new DeploymentCells(store, records),
        new GroupCells(world),
        new TrafficCells(traffic, clock, speed),
        log);
  }

  private JsonObject cloud(int speed) {
    JsonObject cell = new JsonObject();
    cell.addProperty("speed", speed);
    cell.addProperty("trafficSeconds", TrafficCells.shownSeconds(speed));
    cell.addProperty("uploads", uploads);
    return cell;
  }
}
