package localcloud.http;

import com.google.api.services.storage.model.Bucket;
import com.google.api.services.storage.model.StorageObject;
import com.sun.net.httpserver.HttpHandler;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import localcloud.access.Access;
import localcloud.clock.ManualClock;
import localcloud.faults.Faults;
import localcloud.http.ApiServer.Ports;
import localcloud.storage.ObjectStore;

/** Cloud Storage alone on free ports, with one bucket, for a test. */
public final class StorageCloud implements AutoCloseable {
  /** The bucket that is there. */
  public static final String BUCKET = "mir-riseos";

  private final UnknownRoutes unknown = new UnknownRoutes();
  private final Faults faults = new Faults("demo");
  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-22T13:42:33Z"));
  private final List<StorageObject> finalized = new CopyOnWriteArrayList<>();
  private final Certificate certificate;
  private final ObjectStore store;
  private final ApiServer server;

  /** Keeps its data in this folder; there is only the owner. */
  public StorageCloud(Path folder) throws Exception {
    this(folder, Access.ownerOnly());
  }

  /** The same, for those who are granted something. */
  public StorageCloud(Path folder, Access access) throws Exception {
    // One for all tests of a process, of which there may be two at a time: keytool takes a second.
    String process = System.getProperty("surefire.forkNumber", "1");
    certificate = Certificate.in(Path.of("target", "test-tls-" + process));
    store = ObjectStore.open(folder.resolve("storage"), clock, finalized::add);
    store.insertBucket(new Bucket().setName(BUCKET));
    Map<String, HttpHandler> routes =
        new HashMap<>(new StorageRoutes(store, access, interference()).handlers());
    routes.put("/token", new TokenRoute(access));
    routes.put(FaultRoutes.PATH, new FaultRoutes(faults));
    server = ApiServer.start(new Ports(0, 0), certificate, routes, unknown);
  }

  /** Runs in a process of its own until it is ended; prints the address first. */
  public static void main(String[] folder) throws Exception {
    System.out.println(new StorageCloud(Path.of(folder[0])).address());
    new CountDownLatch(1).await();
  }

  public String address() {
    return "http://localhost:" + server.ports().http();
  }

  public int httpsPort() {
    return server.ports().https();
  }

  public Path certificate() {
    return certificate.pem();
  }

  /** What its faults do to calls. */
  Interference interference() {
    return new Interference(faults, clock);
  }

  public ManualClock clock() {
    return clock;
  }

  public Faults faults() {
    return faults;
  }

  public ObjectStore store() {
    return store;
  }

  /** Names of what was published, in order. */
  public List<String> finalized() {
    return finalized.stream().map(StorageObject::getName).toList();
  }

  public List<String> unknownRoutes() {
    return unknown.asked();
  }

  @Override
  public void close() {
    server.close();
  }
}
