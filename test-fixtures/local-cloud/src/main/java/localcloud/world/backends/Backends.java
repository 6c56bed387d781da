package localcloud.world.backends;

import com.google.cloud.compute.v1.Backend;
import com.google.cloud.compute.v1.BackendService;
import com.google.cloud.compute.v1.BackendServiceGroupHealth;
import com.google.cloud.compute.v1.HealthStatus;
import com.google.cloud.compute.v1.NamedPort;
import com.google.cloud.compute.v1.Operation;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import localcloud.world.groups.Balancers;
import localcloud.world.groups.Group;
import localcloud.world.groups.Member;
import localcloud.world.healthchecks.HealthChecks;
import localcloud.world.instances.HealthTally;
import localcloud.world.instances.Vm;
import localcloud.world.operations.Estate;
import localcloud.world.places.Links;
import localcloud.world.places.Scope;
import localcloud.world.refusals.Refusals;
import localcloud.world.resources.Catalogue;
import localcloud.world.resources.Edit;
import localcloud.world.resources.Names;
import org.jspecify.annotations.Nullable;

/** The project's global backend services, and which instances the load balancer may use. */
public final class Backends implements Balancers {
  private static final Catalogue.Kind KIND =
      new Catalogue.Kind("backendServices", "backend_service", "");

  private final Links links;
  private final BackendRules rules;
  private final Function<String, Optional<Group>> groups;
  private final Catalogue<BackendService> all;

  /**
   * Starts without any.
   *
   * @param groups the group behind the link of an instance group
   * @param user the path of what uses the backend service of this link
   */
  public Backends(
      Estate estate,
      HealthChecks checks,
      Function<String, Optional<Group>> groups,
      Function<String, Optional<String>> user) {
    this.links = estate.links();
    this.groups = groups;
    this.rules = new BackendRules(links, checks, link -> groups.apply(link).isPresent());
    this.all = new Catalogue<>(estate, KIND, user);
  }

  /** Keeps it with Google's defaults; its balancer asks its instances from now on. */
  public Operation insert(BackendService asked) {
    Names.check("resource.name", asked.getName());
    return all.insert(Scope.GLOBAL, rules.complete(asked));
  }

  /** The backend service of this name. */
  public BackendService get(String name) {
    return all.get(Scope.GLOBAL, name);
  }

  /** The backend service that a URL map's reference means. */
  public BackendService referred(String reference) {
    return all.referred(reference);
  }

  /** All of them by name. */
  public Collection<BackendService> list() {
    return all.list(Scope.GLOBAL);
  }

  /**
   * Merges or replaces, as the edit says.
   *
   * @param type of the operation: patch or update
   * @param fingerprint null if the caller sent none
   */
  public Operation change(
      String type, String name, @Nullable String fingerprint, Edit<BackendService> edit) {
    BackendService before = get(name);
    if (fingerprint != null && !fingerprint.equals(before.getFingerprint())) {
      throw Refusals.stale();
    }
    BackendService wanted = edit.apply(before);
    if (wanted.hasName() && !wanted.getName().equals(name)) {
      throw Refusals.invalid("resource.name", wanted.getName(), "The name cannot be changed.");
    }
    BackendService complete = rules.complete(wanted).toBuilder().setName(name).build();
    return all.become(Scope.GLOBAL, type, complete);
  }

  /** Its instances get no requests any more. */
  public Operation delete(String name) {
    return all.delete(Scope.GLOBAL, name);
  }

  /**
   * The instances of one of its groups as its health check sees them.
   *
   * @param group a reference to the instance group
   */
  public BackendServiceGroupHealth health(String name, String group) {
    BackendService service = get(name);
    String link = links.expand(group).orElse(group);
    if (service.getBackendsList().stream().noneMatch(one -> one.getGroup().equals(link))) {
      throw Refusals.invalid("resource.group", group, "Not a backend of this backend service.");
    }
    BackendServiceGroupHealth.Builder health =
        BackendServiceGroupHealth.newBuilder().setKind("compute#backendServiceGroupHealth");
    groups.apply(link).stream()
        .flatMap(found -> found.members().stream().map(member -> status(service, found, member)))
        .flatMap(Optional::stream)
        .forEach(health::addHealthStatus);
    return health.build();
  }

  /**
   * HealthStatus.healthState knows HEALTHY and UNHEALTHY only, which every instance is at first.
   */
  private static Optional<HealthStatus> status(BackendService service, Group group, Member member) {
    return member
        .vm()
        .filter(vm -> vm.machine().isPresent())
        .map(
            vm -> {
              HealthStatus.Builder status =
                  HealthStatus.newBuilder()
                      .setHealthState(serves(service, member) ? "HEALTHY" : "UNHEALTHY")
                      .setInstance(group.link(member))
                      .setPort(port(service, group));
              vm.resource().getNetworkInterfacesList().stream()
                  .findFirst()
                  .ifPresent(network -> status.setIpAddress(network.getNetworkIP()));
              return status.build();
            });
  }

  private static boolean serves(BackendService service, Member member) {
    return member.vm().filter(vm -> vm.is("RUNNING")).isPresent()
        && !member.draining()
        && service.getHealthChecksList().stream()
            .allMatch(check -> member.health(check) == HealthTally.State.HEALTHY);
  }

  /** The group's port of the service's portName; else {@code port}, which is 80 unless told. */
  private static int port(BackendService service, Group group) {
    return group.intent().asked().getNamedPortsList().stream()
        .filter(named -> named.getName().equals(service.getPortName()))
        .mapToInt(NamedPort::getPort)
        .findFirst()
        .orElse(service.getPort());
  }

  /** Who gets the requests that reach the balancer: those of the first service that was made. */
  public Rotation rotation() {
    return list().stream()
        .min(Comparator.comparingLong(BackendService::getId))
        .map(this::rotation)
        .orElse(Rotation.NONE);
  }

  private Rotation rotation(BackendService service) {
    return new Rotation(
        service.getName(),
        Duration.ofSeconds(service.getTimeoutSec()),
        service.getBackendsList().stream()
            .flatMap(backend -> groups.apply(backend.getGroup()).stream())
            .flatMap(group -> serving(service, group))
            .toList());
  }

  private static Stream<Rotation.Serving> serving(BackendService service, Group group) {
    int port = port(service, group);
    return group.members().stream()
        .filter(member -> serves(service, member))
        .flatMap(
            member ->
                member.vm().flatMap(Vm::machine).flatMap(machine -> machine.address(port)).stream()
                    .map(
                        address ->
                            new Rotation.Serving(
                                group.link(member),
                                Links.last(member.version().template()),
                                address)));
  }

  @Override
  public Set<String> checks(String group) {
    return over(group)
        .flatMap(service -> service.getHealthChecksList().stream())
        .collect(Collectors.toSet());
  }

  @Override
  public Duration draining(String group) {
    return Duration.ofSeconds(
        over(group)
            .mapToInt(service -> service.getConnectionDraining().getDrainingTimeoutSec())
            .max()
            .orElse(0));
  }

  /** The path of a service that uses the health check. */
  public Optional<String> userOfCheck(String link) {
    return path(list().stream().filter(service -> service.getHealthChecksList().contains(link)));
  }

  @Override
  public Optional<String> userOfGroup(String group) {
    return path(over(group));
  }

  private Stream<BackendService> over(String group) {
    return list().stream()
        .filter(
            service ->
                service.getBackendsList().stream().map(Backend::getGroup).toList().contains(group));
  }

  private static Optional<String> path(Stream<BackendService> services) {
    return services.findFirst().map(service -> Links.pathOf(service.getSelfLink()));
  }
}
