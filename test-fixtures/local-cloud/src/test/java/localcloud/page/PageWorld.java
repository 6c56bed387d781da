package localcloud.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.api.services.storage.model.Bucket;
import com.google.api.services.storage.model.StorageObject;
import com.google.cloud.compute.v1.AttachedDisk;
import com.google.cloud.compute.v1.AttachedDiskInitializeParams;
import com.google.cloud.compute.v1.FixedOrPercent;
import com.google.cloud.compute.v1.HTTPHealthCheck;
import com.google.cloud.compute.v1.HealthCheck;
import com.google.cloud.compute.v1.Image;
import com.google.cloud.compute.v1.InstanceGroupManager;
import com.google.cloud.compute.v1.InstanceGroupManagerAutoHealingPolicy;
import com.google.cloud.compute.v1.InstanceGroupManagerUpdatePolicy;
import com.google.cloud.compute.v1.InstanceGroupManagerVersion;
import com.google.cloud.compute.v1.InstanceProperties;
import com.google.cloud.compute.v1.InstanceTemplate;
import com.google.cloud.compute.v1.ManagedInstance;
import com.google.cloud.compute.v1.NetworkInterface;
import com.google.cloud.compute.v1.RawDisk;
import com.sun.net.httpserver.HttpHandler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import localcloud.access.Access;
import localcloud.access.Grants;
import localcloud.assembly.FunctionSettings;
import localcloud.assembly.LocalPage;
import localcloud.assembly.Names;
import localcloud.balancer.Second;
import localcloud.cli.SeededCloud;
import localcloud.clock.ManualClock;
import localcloud.compute.ComputeApi;
import localcloud.faults.Faults;
import localcloud.http.ApiServer;
import localcloud.http.Certificate;
import localcloud.http.ComputeRoutes;
import localcloud.http.Interference;
import localcloud.http.StatusRoutes;
import localcloud.http.StorageRoutes;
import localcloud.http.TrafficRoute;
import localcloud.http.UnknownRoutes;
import localcloud.logging.LogEntries;
import localcloud.logging.LoggingApi;
import localcloud.machines.SimulatedMachines;
import localcloud.storage.Conditions;
import localcloud.storage.ObjectStore;
import localcloud.world.Site;
import localcloud.world.World;
import localcloud.world.images.Disks;
import localcloud.world.operations.Pace;
import localcloud.world.places.Links;
import localcloud.world.places.Scope;
import page.PageServer;

/**
 * A page over a world that moves only when the test moves its clock, and of which each serving
 * instance answers ten requests a second.
 */
final class PageWorld implements AutoCloseable {
  static final Scope ZONE = Scope.zone("us-west1-a");
  static final String GROUP = "web";
  private static final int REQUESTS = 10;

  final ManualClock clock = new ManualClock(Instant.parse("2026-11-22T12:00:00Z"));
  final LogEntries log = new LogEntries("demo", FunctionSettings.NAME, clock);
  final ObjectStore store;
  final World world;
  final PageServer server;
  private final ApiServer api;
  private final Disks disks;
  private final List<Second> seconds = new CopyOnWriteArrayList<>();

  PageWorld(Path folder) throws IOException, InterruptedException {
    disks = new Disks(folder.resolve("tarballs"));
    world =
        new World(
            new Site("demo", clock, folder.resolve("data"), disks, Runnable::run),
            new SimulatedMachines(clock),
            Pace.usual());
    store = ObjectStore.open(folder.resolve("objects"), clock, object -> {});
    store.insertBucket(new Bucket().setName(Names.RECORDS));
    store.insertBucket(new Bucket().setName(Names.PRIVATE));
    api = api();
    server = PageServer.start(0, LocalPage.of(api.ports(), 1, clock));
  }

  /** The APIs over this world, as the local cloud has them. */
  private ApiServer api() throws IOException, InterruptedException {
    Grants grants = SeededCloud.granted();
    Access access = new Access("demo", () -> grants);
    UnknownRoutes unknown = new UnknownRoutes();
    Interference interference = new Interference(new Faults("demo"), clock);
    Map<String, HttpHandler> routes =
        new HashMap<>(new StorageRoutes(store, access, interference).handlers());
    routes.put(
        "/compute/v1", new ComputeRoutes(new ComputeApi(world), unknown, access, interference));
    routes.put("/v2", new StatusRoutes(new LoggingApi(log)::answer, unknown, access, interference));
    routes.put(TrafficRoute.PATH, new TrafficRoute(this::since));
    String process = System.getProperty("surefire.forkNumber", "1");
    Certificate certificate = Certificate.in(Path.of("target", "test-tls-" + process));
    return ApiServer.start(new ApiServer.Ports(0, 0), certificate, routes, unknown);
  }

  private List<Second> since(Instant start) {
    return seconds.stream().filter(second -> !second.start().isBefore(start)).toList();
  }

  String address() {
    return "http://localhost:" + server.port() + "/";
  }

  void pass(int cloudSeconds) {
    for (int i = 0; i < cloudSeconds; i++) {
      seconds.add(new Second(clock.instant(), answers(), 0));
      clock.advance(Duration.ofSeconds(1));
      world.advance();
    }
    server.look();
  }

  /** One more second, in which some requests fail. */
  void passFailing(int failures) {
    seconds.add(new Second(clock.instant(), answers(), failures));
    clock.advance(Duration.ofSeconds(1));
    server.look();
  }

  private Map<String, Integer> answers() {
    Map<String, Integer> answers = new TreeMap<>();
    for (ManagedInstance member : members()) {
      if (member.getCurrentAction().equals("NONE")) {
        String template = Links.last(member.getVersion().getInstanceTemplate());
        answers.merge(template, REQUESTS, Integer::sum);
      }
    }
    return answers;
  }

  private List<ManagedInstance> members() {
    return world.call(
        () ->
            world.groups().list(ZONE).isEmpty() ? List.of() : world.groups().members(ZONE, GROUP));
  }

  /** An image and a template of one name; the disk says how its machines behave. */
  void version(String name, String behaviour) throws IOException, InterruptedException {
    String url = disks.uploadSimulated(name, behaviour);
    Image image =
        Image.newBuilder().setName(name).setRawDisk(RawDisk.newBuilder().setSource(url)).build();
    world.call(() -> world.images().insert(image));
    AttachedDiskInitializeParams source =
        AttachedDiskInitializeParams.newBuilder().setSourceImage("global/images/" + name).build();
    InstanceProperties properties =
        InstanceProperties.newBuilder()
            .setMachineType("f1-micro")
            .addNetworkInterfaces(
                NetworkInterface.newBuilder().setNetwork("global/networks/default"))
            .addDisks(AttachedDisk.newBuilder().setBoot(true).setInitializeParams(source))
            .build();
    InstanceTemplate template =
        InstanceTemplate.newBuilder().setName(name).setProperties(properties).build();
    world.call(() -> world.templates().insert(Scope.GLOBAL, template));
    pass(30);
  }

  /** A group with a health check, at rest. */
  void group(String template, int size) {
    HealthCheck check =
        HealthCheck.newBuilder()
            .setName("http")
            .setType("HTTP")
            .setHttpHealthCheck(HTTPHealthCheck.newBuilder().setPort(80))
            .build();
    world.call(() -> world.healthChecks().insert(check));
    InstanceGroupManager asked =
        InstanceGroupManager.newBuilder()
            .setName(GROUP)
            .setBaseInstanceName(GROUP)
            .setInstanceTemplate("global/instanceTemplates/" + template)
            .setTargetSize(size)
            .addAutoHealingPolicies(
                InstanceGroupManagerAutoHealingPolicy.newBuilder()
                    .setHealthCheck("global/healthChecks/http")
                    .setInitialDelaySec(60))
            .build();
    world.call(() -> world.groups().insert(ZONE, asked));
    pass(60);
  }

  void roll(String template, int surge) {
    InstanceGroupManagerVersion version =
        InstanceGroupManagerVersion.newBuilder()
            .setInstanceTemplate("global/instanceTemplates/" + template)
            .build();
    InstanceGroupManagerUpdatePolicy policy =
        InstanceGroupManagerUpdatePolicy.newBuilder()
            .setType("PROACTIVE")
            .setMaxSurge(FixedOrPercent.newBuilder().setFixed(surge))
            .setMaxUnavailable(FixedOrPercent.newBuilder().setFixed(0))
            .build();
    world.call(
        () ->
            world
                .groups()
                .patch(
                    ZONE,
                    GROUP,
                    null,
                    now ->
                        now.toBuilder()
                            .clearVersions()
                            .addVersions(version)
                            .setUpdatePolicy(policy)
                            .build()));
    pass(1);
  }

  /** Writes what the function would write of this object, as far as a test tells it. */
  void record(String object, String json) throws IOException {
    StorageObject record =
        new StorageObject().setBucket(Names.RECORDS).setName("deployments/" + object + "/1.json");
    store.put(record, new ByteArrayInputStream(json.getBytes(UTF_8)), Conditions.NONE);
    server.look();
  }

  @Override
  public void close() {
    server.close();
    api.close();
  }
}
