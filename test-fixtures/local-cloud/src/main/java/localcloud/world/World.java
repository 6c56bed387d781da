package localcloud.world;

import com.google.cloud.compute.v1.Operation;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import localcloud.clock.CloudClock;
import localcloud.world.autoscalers.Autoscalers;
import localcloud.world.backends.Backends;
import localcloud.world.backends.Rotation;
import localcloud.world.groups.GroupShelves;
import localcloud.world.groups.Groups;
import localcloud.world.groups.ManagedInstances;
import localcloud.world.groups.Supplies;
import localcloud.world.healthchecks.HealthChecks;
import localcloud.world.images.Images;
import localcloud.world.instances.Instances;
import localcloud.world.instances.Machines;
import localcloud.world.instances.SingleInstances;
import localcloud.world.operations.Estate;
import localcloud.world.operations.Ids;
import localcloud.world.operations.Obstacles;
import localcloud.world.operations.Operations;
import localcloud.world.operations.Pace;
import localcloud.world.operations.Schedule;
import localcloud.world.passive.PassiveResources;
import localcloud.world.places.DiskTypes;
import localcloud.world.places.Links;
import localcloud.world.places.Places;
import localcloud.world.places.Scope;
import localcloud.world.refusals.Refusals;
import localcloud.world.templates.Templates;
import org.jspecify.annotations.Nullable;

/**
 * One project of Compute Engine: its rules, and what happens by itself as time passes. Whatever is
 * asked or done goes through {@link #call}, which first lets everything happen that was due; so the
 * answers depend on cloud time alone and never on how often somebody asks.
 */
public final class World {
  /** "blocks at most about two minutes": the discovery document, globalOperations.wait. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

  private final ReentrantLock lock = new ReentrantLock();
  private final CloudClock clock;
  private final Estate estate;
  private final Images images;
  private final Templates templates;
  private final HealthChecks checks;
  private final Backends backends;
  private final PassiveResources passive;
  private final Groups groups;
  private final Autoscalers autoscalers;
  private final ManagedInstances managedInstances;
  private final Instances instances;
  private final Places places;
  private @Nullable Consumer<Rotation> balancer;
  private Rotation rotation = Rotation.NONE;

  /**
   * Begins with nothing in it.
   *
   * @throws IOException if the site's data folder cannot be emptied
   */
  public World(Site site, Machines machines, Pace pace) throws IOException {
    this(site, machines, pace, Obstacles.NONE);
  }

  /**
   * The same, with what shall stand in the way.
   *
   * @throws IOException if the site's data folder cannot be emptied
   */
  public World(Site site, Machines machines, Pace pace, Obstacles obstacles) throws IOException {
    clock = site.clock();
    Links links = new Links(site.project());
    Schedule schedule = new Schedule(clock.instant());
    Ids ids = new Ids(clock.instant());
    Operations operations = new Operations(links, schedule, ids, obstacles);
    estate = new Estate(links, pace, ids, schedule, operations, obstacles, this::enter);
    images =
        new Images(estate, site.objects(), site.importer(), site.data().resolve("compute/images"));
    GroupShelves all = new GroupShelves(links);
    templates = new Templates(estate, all::userOfTemplate);
    checks =
        new HealthChecks(
            estate, link -> all.userOfCheck(link).or(() -> backends().userOfCheck(link)));
    places = new Places(links);
    passive = new PassiveResources(estate, link -> backends().referred(link));
    backends = new Backends(estate, checks, all::behind, passive::user);
    autoscalers = new Autoscalers(estate, all);
    groups =
        new Groups(
            estate,
            places,
            new Supplies(images, templates, checks, backends, machines),
            all,
            autoscalers::of);
    SingleInstances singles = new SingleInstances(estate, images, machines, passive::keepDisk);
    managedInstances = new ManagedInstances(groups, singles);
    instances = new Instances(estate, singles, all::vms);
  }

  /** Does this now, alone, after everything that was due. */
  public <T> T call(Supplier<T> what) {
    lock.lock();
    try {
      estate.schedule().runUntil(clock.instant());
      return what.get();
    } finally {
      try {
        tell();
      } finally {
        lock.unlock();
      }
    }
  }

  /**
   * From now on tells this balancer where to send requests, whenever that changes.
   *
   * @param told must return at once and ask nothing: nothing happens meanwhile
   */
  public void balanceBy(Consumer<Rotation> told) {
    call(() -> balancer = told);
  }

  private void tell() {
    if (balancer != null) {
      Rotation now = backends.rotation();
      if (!now.equals(rotation)) {
        rotation = now;
        balancer.accept(now);
      }
    }
  }

  /** Lets this happen now, also for a thread that is in here already. */
  private void enter(Runnable what) {
    if (lock.isHeldByCurrentThread()) {
      what.run();
    } else {
      call(
          () -> {
            what.run();
            return null;
          });
    }
  }

  /** Lets happen what is due; for a ticker, so that things happen though nobody asks. */
  public void advance() {
    call(() -> clock.instant());
  }

  /**
   * Does this, or answers with the operation that an earlier call with this requestId began.
   *
   * @param requestId empty if the caller sent none
   */
  public Operation once(String requestId, Supplier<Operation> what) {
    if (requestId.isEmpty()) {
      return call(what);
    }
    if (!requestId.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
        || requestId.matches("[0-]+")) {
      throw Refusals.invalid("requestId", requestId, "Must be a UUID that is not zero.");
    }
    return call(
        () ->
            operations()
                .repeated(requestId)
                .orElseGet(() -> operations().remember(requestId, what.get())));
  }

  /** Waits for the end of an operation, at most two minutes, and returns it as it then stands. */
  public Operation await(Scope scope, String name) throws InterruptedException {
    Instant latest = clock.instant().plus(LONGEST_WAIT);
    while (true) {
      Operation now = call(() -> operations().get(scope, name));
      if (now.getStatus() == Operation.Status.DONE || !clock.instant().isBefore(latest)) {
        return now;
      }
      Instant end = call(() -> operations().end(scope, name));
      clock.sleepUntil(end.isBefore(latest) ? end : latest);
    }
  }

  public Links links() {
    return estate.links();
  }

  public Operations operations() {
    return estate.operations();
  }

  public Images images() {
    return images;
  }

  public Templates templates() {
    return templates;
  }

  public HealthChecks healthChecks() {
    return checks;
  }

  public Backends backends() {
    return backends;
  }

  public DiskTypes diskTypes() {
    return new DiskTypes(links());
  }

  /** Networks, disks and addresses, firewall rules, and what stands before backend services. */
  public PassiveResources passive() {
    return passive;
  }

  public ManagedInstances managedInstances() {
    return managedInstances;
  }

  public Groups groups() {
    return groups;
  }

  public Autoscalers autoscalers() {
    return autoscalers;
  }

  public Instances instances() {
    return instances;
  }

  public Places places() {
    return places;
  }
}
