package localcloud.world.healthchecks;

import com.google.cloud.compute.v1.HTTPHealthCheck;
import com.google.cloud.compute.v1.HealthCheck;
import java.util.Set;
import localcloud.world.refusals.Refusals;
import localcloud.world.resources.Names;

/** Defaults and limits of a health check: Google's discovery document, HealthCheck. */
final class HealthCheckRules {
  private static final Set<String> MODELLED =
      Set.of(
          "checkIntervalSec",
          "creationTimestamp",
          "description",
          "healthyThreshold",
          "httpHealthCheck",
          "id",
          "kind",
          "logConfig",
          "name",
          "selfLink",
          "tcpHealthCheck",
          "timeoutSec",
          "type",
          "unhealthyThreshold");

  private HealthCheckRules() {}

  static HealthCheck complete(HealthCheck asked) {
    Names.refuseOthers(Names.said(asked), MODELLED, "healthCheck.");
    if (!Set.of("HTTP", "TCP").contains(asked.getType())) {
      throw Refusals.notModelled("health checks of type '" + asked.getType() + "'");
    }
    HealthCheck.Builder check = asked.toBuilder();
    check.setCheckIntervalSec(asked.hasCheckIntervalSec() ? asked.getCheckIntervalSec() : 5);
    check.setTimeoutSec(asked.hasTimeoutSec() ? asked.getTimeoutSec() : 5);
    check.setHealthyThreshold(asked.hasHealthyThreshold() ? asked.getHealthyThreshold() : 2);
    check.setUnhealthyThreshold(asked.hasUnhealthyThreshold() ? asked.getUnhealthyThreshold() : 2);
    if (asked.getType().equals("HTTP")) {
      check.setHttpHealthCheck(http(asked.getHttpHealthCheck()));
    }
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

  private static HTTPHealthCheck http(HTTPHealthCheck asked) {
    HTTPHealthCheck.Builder http = asked.toBuilder();
    if (!asked.hasPort()) {
      http.setPort(80);
    }
    if (!asked.hasRequestPath()) {
      http.setRequestPath("/");
    }
    if (!asked.hasProxyHeader()) {
      http.setProxyHeader("NONE");
    }
    return http.build();
  }

  private static void within(String field, int value, int most) {
    if (value < 1 || value > most) {
      throw Refusals.invalid(
          field, String.valueOf(value), "Must be between 1 and " + most + ", inclusive.");
    }
  }
}
