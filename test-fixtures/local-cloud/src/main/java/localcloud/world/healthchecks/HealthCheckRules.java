package localcloud.world.healthchecks;

import com.google.cloud.compute.v1.HealthCheck;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import localcloud.world.refusals.Refusals;
import localcloud.world.resources.Names;

/** Defaults and limits of a health check: Google's discovery document, HealthCheck. */
final class HealthCheckRules {
  private static final Set<String> MODELLED =
      Set.of(
          "checkIntervalSec",
          "creationTimestamp",
          "description",
          "grpcHealthCheck",
          "healthyThreshold",
          "http2HealthCheck",
          "httpHealthCheck",
          "httpsHealthCheck",
          "id",
          "kind",
          "logConfig",
          "name",
          "selfLink",
          "sslHealthCheck",
          "tcpHealthCheck",
          "timeoutSec",
          "type",
          "unhealthyThreshold");

  /** Each type's port if none is given; a gRPC check must give one. */
  private static final Map<String, Integer> PORTS =
      new TreeMap<>(
          Map.of("GRPC", 0, "HTTP", 80, "HTTP2", 443, "HTTPS", 443, "SSL", 443, "TCP", 80));

  private HealthCheckRules() {}

  static HealthCheck complete(HealthCheck asked) {
    Names.refuseOthers(Names.said(asked), MODELLED, "healthCheck.");
    if (!PORTS.containsKey(asked.getType())) {
      // The form of the sentence is that of Google's for every enumeration.
      throw Refusals.invalid("resource.type", asked.getType(), "Must be one of " + PORTS.keySet());
    }
    HealthCheck.Builder check = asked.toBuilder();
    check.setCheckIntervalSec(asked.hasCheckIntervalSec() ? asked.getCheckIntervalSec() : 5);
    check.setTimeoutSec(asked.hasTimeoutSec() ? asked.getTimeoutSec() : 5);
    check.setHealthyThreshold(asked.hasHealthyThreshold() ? asked.getHealthyThreshold() : 2);
    check.setUnhealthyThreshold(asked.hasUnhealthyThreshold() ? asked.getUnhealthyThreshold() : 2);
    completeProtocol(check);
    within("resource.checkIntervalSec", check.getCheckIntervalSec(), 300);
    within("resource.timeoutSec", check.getTimeoutSec(), 300);
    within("resource.healthyThreshold", check.getHealthyThreshold(), 10);
    within("resource.unhealthyThreshold", check.getUnhealthyThreshold(), 10);
    if (check.getTimeoutSec() > check.getCheckIntervalSec()) {
      throw Refusals.invalid(
          "resource.timeoutSec",
          String.valueOf(check.getTimeoutSec()),
          "TimeoutSec should be less than checkIntervalSec.");
    }
    return check.build();
  }

  /** The part of the check's own protocol, which all have in other types and with like fields. */
  private static void completeProtocol(HealthCheck.Builder check) {
    String part = check.getType().toLowerCase(Locale.ROOT) + "_health_check";
    FieldDescriptor field = HealthCheck.getDescriptor().findFieldByName(part);
    Message.Builder protocol = ((Message) check.getField(field)).toBuilder();
    int port = PORTS.getOrDefault(check.getType(), 0);
    if (port > 0 && !says(protocol, "port_name") && !says(protocol, "port_specification")) {
      fill(protocol, "port", port);
    }
    fill(protocol, "request_path", "/");
    fill(protocol, "proxy_header", "NONE");
    check.setField(field, protocol.build());
  }

  private static boolean says(Message.Builder protocol, String name) {
    FieldDescriptor field = protocol.getDescriptorForType().findFieldByName(name);
    return field != null && protocol.hasField(field);
  }

  private static void fill(Message.Builder protocol, String name, Object value) {
    FieldDescriptor field = protocol.getDescriptorForType().findFieldByName(name);
    if (field != null && !protocol.hasField(field)) {
      protocol.setField(field, value);
    }
  }

  private static void within(String field, int value, int most) {
    if (value < 1 || value > most) {
      throw Refusals.invalid(
          field, String.valueOf(value), "Must be between 1 and " + most + ", inclusive.");
    }
  }
}
