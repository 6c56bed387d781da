package localcloud.http;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import localcloud.access.Access;
import localcloud.clock.RunningClock;
import localcloud.compute.ComputeApi;
import localcloud.faults.Faults;
import localcloud.machines.SimulatedMachines;
import localcloud.ports.LoopbackServers;
import localcloud.world.Site;
import localcloud.world.World;
import localcloud.world.images.Disks;
import localcloud.world.operations.Pace;

/** A world whose clock runs fast, behind a bare server on a free port. */
public final class ComputeServer implements AutoCloseable {
  private final UnknownRoutes unknown = new UnknownRoutes();
  private final Faults faults = new Faults("demo");
  private final Disks disks;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  public ComputeServer(Path folder, double speed) throws IOException {
    disks = new Disks(folder.resolve("tarballs"));
    Site site =
        new Site(
            "demo",
            RunningClock.startingNow(speed),
            folder.resolve("data"),
            disks,
            work -> new Thread(work).start());
    World world =
        new World(site, faults.around(new SimulatedMachines(site.clock())), Pace.usual(), faults);
    server = LoopbackServers.http(0);
    Interference interference = new Interference(faults, site.clock());
    ComputeRoutes routes =
        new ComputeRoutes(new ComputeApi(world), unknown, Access.ownerOnly(), interference);
    server.createContext("/compute/", routes);
    server.createContext("/batch/compute/", routes);
    server.setExecutor(threads);
    server.start();
  }

  public Disks disks() {
    return disks;
  }

  public Faults faults() {
    return faults;
  }

  public UnknownRoutes unknown() {
    return unknown;
  }

  public String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
