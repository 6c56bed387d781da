package localcloud.http;

import com.google.api.services.storage.model.Bucket;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import localcloud.access.Access;
import localcloud.clock.RunningClock;
import localcloud.compute.ComputeApi;
import localcloud.faults.Faults;
import localcloud.http.ApiServer.Ports;
import localcloud.machines.SimulatedMachines;
import localcloud.storage.Conditions;
import localcloud.storage.ObjectStore;
import localcloud.world.Site;
import localcloud.world.World;
import localcloud.world.images.Disks;
import localcloud.world.operations.Pace;

/**
 * Cloud Storage and Compute Engine on free ports, as a client's README has them: with one bucket
 * and in it the tarball of a disk.
 */
public final class WholeCloud implements AutoCloseable {
  /** The bucket that is there. */
  public static final String BUCKET = "mir-riseos";

  /** The object in it that an image can be made of. */
  public static final String TARBALL = "riseos-1.tar.gz";

  private final UnknownRoutes unknown = new UnknownRoutes();
  private final Certificate certificate;
  private final ApiServer server;

  /**
   * Starts it; the folder is its alone.
   *
   * @param speed how many times as fast as this computer's its clock runs
   */
  public WholeCloud(Path folder, double speed) throws Exception {
    String process = System.getProperty("surefire.forkNumber", "1");
    certificate = Certificate.in(Path.of("target", "test-tls-" + process));
    RunningClock clock = RunningClock.startingNow(speed);
    ObjectStore store = ObjectStore.open(folder.resolve("storage"), clock, object -> {});
    store.insertBucket(new Bucket().setName(BUCKET));
    upload(new Disks(folder.resolve("tarballs")), store);
    Faults faults = new Faults("demo");
    Site site =
        new Site("demo", clock, folder.resolve("data"), store, work -> new Thread(work).start());
    World world =
        new World(site, faults.around(new SimulatedMachines(clock)), Pace.usual(), faults);
    Interference interference = new Interference(faults, clock);
    Access access = Access.ownerOnly();
    Map<String, HttpHandler> routes =
        new HashMap<>(new StorageRoutes(store, access, interference).handlers());
    HttpHandler compute = new ComputeRoutes(new ComputeApi(world), unknown, access, interference);
    routes.put("/compute/v1", compute);
    routes.put("/batch/compute/v1", compute);
    routes.put("/token", new TokenRoute(access));
    server = ApiServer.start(new Ports(0, 0), certificate, routes, unknown);
  }

  private static void upload(Disks disks, ObjectStore store) throws Exception {
    disks.uploadSimulated("riseos-1", "{\"version\":\"1\"}");
    try (InputStream tarball = disks.open("tarballs", TARBALL).orElseThrow()) {
      store.put(
          new com.google.api.services.storage.model.StorageObject()
              .setBucket(BUCKET)
              .setName(TARBALL)
              .setContentType("application/gzip"),
          tarball,
          Conditions.NONE);
    }
  }

  /** Runs in a process of its own until it is ended; prints the address first. */
  public static void main(String[] folder) throws Exception {
    System.out.println(new WholeCloud(Path.of(folder[0]), 100).http());
    new CountDownLatch(1).await();
  }

  /** Scheme, host and port. */
  public String http() {
    return "http://localhost:" + server.ports().http();
  }

  /** The same over TLS, by {@link #certificate}. */
  public String https() {
    return "https://localhost:" + server.ports().https();
  }

  public Path certificate() {
    return certificate.pem();
  }

  public UnknownRoutes unknown() {
    return unknown;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
