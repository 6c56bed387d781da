package localcloud.monitoring;

import com.google.gson.JsonObject;
import com.google.monitoring.v3.AlertPolicy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An alert, whose resource no client library of ours knows:
 * https://cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.alerts.
 */
final class Alert {
  private final String name;
  private final AlertPolicy policy;
  private final Instant openedAt;
  private @Nullable Instant closedAt;

  private Alert(String name, AlertPolicy policy, Instant openedAt) {
    this.name = name;
    this.policy = policy;
    this.openedAt = openedAt;
  }

  /** Of a policy as it is then. */
  static Alert opened(AlertPolicy policy, Instant now, int number) {
    String project = policy.getName().replaceFirst("/alertPolicies/.*", "");
    String id = Long.toString(now.toEpochMilli(), 36) + Integer.toString(number, 36);
    return new Alert(project + "/alerts/0." + id, policy, now);
  }

  void close(Instant now) {
    closedAt = now;
  }

  String name() {
    return name;
  }

  String policy() {
    return policy.getName();
  }

  boolean isOpen() {
    return closedAt == null;
  }

  Instant openedAt() {
    return openedAt;
  }

  @Nullable Instant closedAt() {
    return closedAt;
  }

  JsonObject json() {
    JsonObject snapshot = new JsonObject();
    snapshot.addProperty("name", policy.getName());
    snapshot.addProperty("displayName", policy.getDisplayName());
    JsonObject labels = new JsonObject();
    policy.getUserLabelsMap().forEach(labels::addProperty);
    snapshot.add("userLabels", labels);
    if (policy.getSeverityValue() != 0) {
      snapshot.addProperty("severity", policy.getSeverity().name());
    }
    JsonObject resource = new JsonObject();
    resource.addProperty("type", "https_lb_rule");
    JsonObject json = new JsonObject();
    json.addProperty("name", name);
    json.addProperty("state", isOpen() ? "OPEN" : "CLOSED");
    json.addProperty("openTime", openedAt.toString());
    if (closedAt != null) {
      json.addProperty("closeTime", closedAt.toString());
    }
    json.add("resource", resource);
    json.add("policy", snapshot);
    return json;
  }
}
