package localcloud.world.backends;

import com.google.cloud.compute.v1.Backend;
import com.google.cloud.compute.v1.BackendService;
import com.google.cloud.compute.v1.ConnectionDraining;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import localcloud.world.healthchecks.HealthChecks;
import localcloud.world.places.Links;
import localcloud.world.refusals.Refusals;
import localcloud.world.resources.Names;

/** Defaults and limits of a backend service: Google's discovery document, BackendService. */
final class BackendRules {
  private static final Set<String> MODELLED =
      Set.of(
          "backends",
          "connectionDraining",
          "creationTimestamp",
          "description",
          "enableCDN",
          "fingerprint",
          "healthChecks",
          "id",
          "kind",
          "loadBalancingScheme",
          "logConfig",
          "name",
          "port",
          "portName",
          "protocol",
          "selfLink",
          "sessionAffinity",
          "timeoutSec");

  private static final Set<String> MODELLED_BACKEND =
      Set.of(
          "balancingMode",
          "capacityScaler",
          "description",
          "group",
          "maxRatePerInstance",
          "maxUtilization");

  /** "The timeout duration must be from 0 to 3600 seconds": enabling-connection-draining. */
  private static final int LONGEST_DRAINING = 3600;

  private final Links links;
  private final HealthChecks checks;
  private final Predicate<String> groupExists;

  BackendRules(Links links, HealthChecks checks, Predicate<String> groupExists) {
    this.links = links;
    this.checks = checks;
    this.groupExists = groupExists;
  }

  /** With references made full links, defaults filled in and the fingerprint of all that. */
  BackendService complete(BackendService asked) {
    Names.refuseOthers(set(asked), MODELLED, "backendService.");
    only("protocol", asked.getProtocol(), Set.of("", "HTTP"));
    only("sessionAffinity", asked.getSessionAffinity(), Set.of("", "NONE"));
    only(
        "loadBalancingScheme",
        asked.getLoadBalancingScheme(),
        Set.of("", "EXTERNAL", "EXTERNAL_MANAGED"));
    only("enableCDN", String.valueOf(asked.getEnableCDN()), Set.of("false"));
    BackendService.Builder service = asked.toBuilder();
    service.setKind("compute#backendService").setProtocol("HTTP").setSessionAffinity("NONE");
    service.setEnableCDN(false).setPort(asked.hasPort() ? asked.getPort() : 80);
    service.setPortName(asked.getPortName().isEmpty() ? "http" : asked.getPortName());
    service.setTimeoutSec(asked.hasTimeoutSec() ? asked.getTimeoutSec() : 30);
    if (asked.getLoadBalancingScheme().isEmpty()) {
      service.setLoadBalancingScheme("EXTERNAL");
    }
    within("resource.timeoutSec", service.getTimeoutSec(), 1, Integer.MAX_VALUE);
    service.setConnectionDraining(draining(asked.getConnectionDraining()));
    healthCheck(service);
    service.clearBackends().addAllBackends(asked.getBackendsList().stream().map(this::of).toList());
    refuseTwice(service.getBackendsList());
    service.clearFingerprint();
    return service.setFingerprint(Names.fingerprint(service.build().toByteArray())).build();
  }

  private static ConnectionDraining draining(ConnectionDraining asked) {
    within(
        "resource.connectionDraining.drainingTimeoutSec",
        asked.getDrainingTimeoutSec(),
        0,
        LONGEST_DRAINING);
    return asked.toBuilder().setDrainingTimeoutSec(asked.getDrainingTimeoutSec()).build();
  }

  /** "At most one health check ... Backend services with instance group ... must have" one. */
  private void healthCheck(BackendService.Builder service) {
    if (service.getHealthChecksCount() == 0) {
      throw Refusals.required("resource.healthChecks");
    }
    if (service.getHealthChecksCount() > 1) {
      throw Refusals.invalid(
          "resource.healthChecks",
          String.valueOf(service.getHealthChecksCount()),
          "At most one health check can be specified.");
    }
    service.setHealthChecks(0, checks.referred(service.getHealthChecks(0)).getSelfLink());
  }

  private Backend of(Backend asked) {
    Names.refuseOthers(set(asked), MODELLED_BACKEND, "backendService.backends.");
    String link = links.expand(asked.getGroup()).orElse(asked.getGroup());
    if (!groupExists.test(link)) {
      throw Refusals.notFound(Links.pathOf(link));
    }
    if (asked.hasCapacityScaler() && asked.getCapacityScaler() != 1) {
      throw Refusals.notModelled("a capacityScaler other than 1");
    }
    Backend.Builder backend = asked.toBuilder().setGroup(link).setCapacityScaler(1);
    if (asked.getBalancingMode().isEmpty()) {
      backend.setBalancingMode("UTILIZATION");
    }
    return backend.build();
  }

  private static void refuseTwice(List<Backend> backends) {
    Set<String> seen = new HashSet<>();
    for (Backend backend : backends) {
      if (!seen.add(backend.getGroup())) {
        throw Refusals.invalid(
            "resource.backends", backend.getGroup(), "A group can be a backend only once.");
      }
    }
  }

  private static Set<String> set(com.google.protobuf.Message asked) {
    return Names.said(asked);
  }

  private static void only(String field, String value, Set<String> modelled) {
    if (!modelled.contains(value)) {
      throw Refusals.notModelled("backendService." + field + " '" + value + "'");
    }
  }

  private static void within(String field, int value, int least, int most) {
    if (value < least || value > most) {
      throw Refusals.invalid(
          field,
          String.valueOf(value),
          "Must be between " + least + " and " + most + ", inclusive.");
    }
  }
}
