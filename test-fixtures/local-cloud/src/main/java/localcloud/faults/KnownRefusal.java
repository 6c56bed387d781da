package localcloud.faults;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What Google refuses for good, by a name: status, reason and sentence as somebody met them. */
enum KnownRefusal {
  /** GoogleCloudPlatform/cluster-toolkit#1121. */
  ORGANIZATION_POLICY(
      412,
      "conditionNotMet",
      "Location us violates constraint constraints/gcp.resourceLocations on the resource"
          + " {resource}"),
  /** kubernetes/k8s.io#2755; the reason is that of Google's page "Bucket Lock". */
  RETENTION_POLICY(
      403,
      "retentionPolicyNotMet",
      "Object '{resource}' is subject to bucket's retention policy and cannot be deleted,"
          + " overwritten or archived until 2031-09-20T12:18:15.93713-07:00"),
  /** Google's page "Troubleshooting Cloud Storage"; the reason is inferred. */
  KMS_KEY_DISABLED(400, "invalid", "KMS key is disabled"),
  /** Google's page "Use customer-managed encryption keys", its 403. */
  KMS_PERMISSION(
      403,
      "forbidden",
      "Permission denied on Cloud KMS key. Please ensure that your Cloud Storage service account"
          + " has been authorized to use this key.");

  private final int status;
  private final String reason;
  private final String message;

  KnownRefusal(int status, String reason, String message) {
    this.status = status;
    this.reason = reason;
    this.message = message;
  }

  /** The one that the key {@code as} names; empty if there is no such key. */
  static Optional<KnownRefusal> find(Keys keys) throws BadFaults {
    if (!keys.has("as")) {
      return Optional.empty();
    }
    Set<String> names = new TreeSet<>();
    for (KnownRefusal one : values()) {
      names.add(one.word());
    }
    String word = keys.oneOf("as", names);
    return Optional.of(valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_')));
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  int status() {
    return status;
  }

  Fault.Refusal refusal() {
    return new Fault.Refusal(reason, message);
  }
}
