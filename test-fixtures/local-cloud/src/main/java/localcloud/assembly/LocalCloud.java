package localcloud.assembly;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import localcloud.access.Access;
import localcloud.access.Grants;
import localcloud.balancer.Balancer;
import localcloud.clock.RunningClock;
import localcloud.events.Delivery;
import localcloud.events.EventTarget;
import localcloud.events.FunctionInstances;
import localcloud.events.FunctionPlan;
import localcloud.events.InvokerCommand;
import localcloud.events.Passage;
import localcloud.faults.BadFaults;
import localcloud.faults.Faults;
import localcloud.http.ApiServer;
import localcloud.http.CallLog;
import localcloud.http.Certificate;
import localcloud.http.UnknownRoutes;
import localcloud.machines.QemuCommand;
import localcloud.machines.QemuMachines;
import localcloud.machines.SimulatedMachines;
import localcloud.monitoring.Monitoring;
import localcloud.storage.ObjectStore;
import localcloud.world.Site;
import localcloud.world.World;
import localcloud.world.instances.Machines;
import page.PageServer;

/** Everything that runs, put together: clock, storage, compute, the two doors, the function. */
public final class LocalCloud {
  private static final String FUNCTION = "slipway.DeployFunction";
  private static final Duration KEEP_CLOCK = Duration.ofSeconds(1);

  /** Groups and machines move on though nobody asks: simulated ones would wait, real ones not. */
  private static final Duration TICK = Duration.ofMillis(200);

  private final DataFolder data;
  private final RunningClock clock;
  private final Closing closing;
  private final Delivery delivery;
  private final Doors doors;

  private record Doors(
      ApiServer server,
      Balancer balancer,
      UnknownRoutes unknown,
      Access access,
      FunctionLog log,
      PageServer page,
      CallLog calls,
      Monitoring monitoring) {}

  private LocalCloud(
      DataFolder data, RunningClock clock, Closing closing, Delivery delivery, Doors doors) {
    this.data = data;
    this.clock = clock;
    this.closing = closing;
    this.delivery = delivery;
    this.doors = doors;
  }

  /**
   * Starts all but the function; what was started is in {@code closing}, also if this fails.
   *
   * @param grants who may do what; see {@link Install#grants}
   */
  public static LocalCloud start(
      DataFolder data, UpOptions options, Supplier<Grants> grants, Closing closing)
      throws IOException, InterruptedException {
    FreePort.require(options.functionPort(), "--function-port");
    FreePort.require(options.pagePort(), "--page-port");
    Faults faults = faults(options);
    RunningClock clock = clock(data, options.speed(), closing);
    Passage passage = new Passage(faults::departures, faults::reaches);
    Delivery delivery = new Delivery(Names.UPLOADS, data.events(), clock, passage);
    ObjectStore store = ObjectStore.open(data.objects(), clock, delivery::finalized);
    Certificate certificate = Certificate.in(data.tls());
    Machines machines = faults.around(machines(data, options, clock, closing));
    Site site = new Site(Names.PROJECT, clock, data.path(), store, LocalCloud::importing);
    World world = new World(site, machines, options.machines().tempo().pace(), faults);
    Access access = new Access(Names.PROJECT, grants);
    CallLog calls = new CallLog(clock, access);
    Balancer balancer = closing.add(Balancer.start(world, options.balancerPort(), clock));
    Monitoring monitoring = monitoring(clock, balancer, closing);
    UnknownRoutes unknown = new UnknownRoutes();
    FunctionLog log = closing.add(new FunctionLog(data.functionLog()));
    CloudParts.Seen seen = new CloudParts.Seen(monitoring, log.entries(clock), balancer.traffic());
    CloudParts parts = new CloudParts(clock, world, store, access, unknown, faults, calls, seen);
    closing.add(Periodic.start("time in Compute Engine", TICK, world::advance));
    ApiServer server =
        closing.add(ApiServer.start(options.api(), certificate, parts.routes(), unknown));
    writeEnv(data, new EnvFile(data, server.ports(), certificate.pem()), closing);
    PageServer page = LocalPage.start(options, server.ports(), clock, closing);
    Doors doors = new Doors(server, balancer, unknown, access, log, page, calls, monitoring);
    return new LocalCloud(data, clock, closing, delivery, doors);
  }

  private static Monitoring monitoring(RunningClock clock, Balancer balancer, Closing closing) {
    Monitoring monitoring =
        new Monitoring(Names.PROJECT, clock, balancer.traffic(), Names.BALANCER_LABELS);
    closing.add(Periodic.start("time in Cloud Monitoring", TICK, monitoring::advance));
    return monitoring;
  }

  /** No later run goes back behind it, not even after a crash. */
  private static RunningClock clock(DataFolder data, int speed, Closing closing)
      throws IOException {
    Files.createDirectories(data.path());
    RunningClock clock = RunningClock.resuming(data.clock(), speed);
    closing.add(Periodic.start("clock keeper", KEEP_CLOCK, () -> keep(clock, data)));
    return clock;
  }

  private static void writeEnv(DataFolder data, EnvFile env, Closing closing) throws IOException {
    for (String identity : Names.CALLERS) {
      env.write(identity);
      closing.add(() -> Files.deleteIfExists(data.env(identity)));
    }
  }

  /** A thread for each import: a large one holds up no other. */
  private static void importing(Runnable work) {
    Thread thread = new Thread(work, "import");
    thread.setDaemon(true);
    thread.start();
  }

  private static Machines machines(
      DataFolder data, UpOptions options, InstantSource clock, Closing closing) {
    return options.machines().real()
        ? closing.add(
            new QemuMachines(
                QemuCommand.program().orElseThrow(), Install.found().bootCheck(), data.processes()))
        : new SimulatedMachines(clock);
  }

  private static Faults faults(UpOptions options) throws IOException {
    Faults faults = new Faults(Names.PROJECT);
    if (options.faults().isPresent()) {
      Path file = options.faults().get();
      try {
        faults.replace(Files.readString(file));
      } catch (BadFaults bad) {
        throw CommandFault.usage("--faults %s: %s", file, bad.sentence());
      }
    }
    return faults;
  }

  /** Starts the function's first instance and the delivery of events; returns its port. */
  public int startFunction(Install install, UpOptions options)
      throws IOException, InterruptedException {
    InvokerCommand command =
        new InvokerCommand(
            install.invoker(),
            install.functionJar(),
            FUNCTION,
            FunctionSettings.of(
                endpoint(),
                clock.setting(),
                options.machines().tempo(),
                options.alarms() ? doors.monitoring().names() : List.of()),
            data.path());
    // The platform's limit is cloud time, a request's timeout the system's.
    Duration limit = Duration.ofSeconds(FunctionSettings.CALL_SECONDS).dividedBy(options.speed());
    FunctionPlan plan =
        new FunctionPlan(command, limit, data.processes(), data.functionLog(), doors.log());
    FunctionInstances instances =
        closing.add(
            new FunctionInstances(plan, options.functionInstances(), options.functionPort()));
    int port = instances.startFirst();
    deliverTo(instances);
    return port;
  }

  /** Starts the delivery of events to what stands for the function. */
  public void deliverTo(EventTarget function) throws IOException {
    closing.add(delivery);
    delivery.start(function);
  }

  public RunningClock clock() {
    return clock;
  }

  public FunctionLog functionLog() {
    return doors.log();
  }

  /** What was asked for and is not there: a run that asks for such a thing has failed. */
  public List<String> unknownRoutes() {
    return doors.unknown().asked();
  }

  /** Which permissions were needed and there. */
  public Set<Access.Use> uses() {
    return doors.access().uses();
  }

  /** What was called, and how long it took. */
  public List<CallLog.Call> calls() {
    return doors.calls().last();
  }

  public ApiServer.Ports ports() {
    return doors.server().ports();
  }

  /** In front of the group's instances. */
  public Balancer balancer() {
    return doors.balancer();
  }

  /** Where one can watch. */
  public String page() {
    return "http://localhost:" + doors.page().port() + "/";
  }

  public String endpoint() {
    return "http://127.0.0.1:" + ports().http();
  }

  private static void keep(RunningClock clock, DataFolder data) {
    try {
      Path fresh = data.path().resolve("clock.new");
      clock.keep(fresh);
      Files.move(fresh, data.clock(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
