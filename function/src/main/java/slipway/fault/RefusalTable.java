package slipway.fault;

import static java.util.stream.Collectors.joining;
import static slipway.fault.Actor.OPERATOR;
import static slipway.fault.Actor.OPERATOR_UNNAMED;
import static slipway.fault.Actor.RETRY;
import static slipway.fault.Actor.UPLOADER;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who acts on each refusal of Google's, in one place. The word decides before the HTTP status: a
 * request's {@code error.errors[0].reason}, or an operation's {@code error.errors[0].code}; an
 * operation's code that is not named goes by its {@code httpErrorStatusCode}.
 */
public final class RefusalTable {
  /** The code of a refusal that no row names. */
  public static final String UNNAMED_CODE = "request-refused";

  private static final String QUOTA = "Raise the project's quota, or delete what is not used.";
  private static final String POLICY =
      "Google's message names the policy that forbids it: relax it, or make the target comply.";
  private static final String PERMISSION = "Add the permission to the function's role.";
  private static final String KEY =
      "On the key that Google's message names, grant roles/cloudkms.cryptoKeyEncrypterDecrypter to"
          + " service-<project number>@compute-system.iam.gserviceaccount.com.";
  private static final String GONE = "Create what Google's message names, or correct its name.";

  private static final List<Row> ROWS =
      List.of(
          new Row("quotaExceeded", "reason", OPERATOR, "quota", QUOTA, "compute/api-quota"),
          new Row("rateLimitExceeded", "reason", RETRY, null, null, "compute/api-quota"),
          new Row(
              "userRateLimitExceeded",
              "reason",
              RETRY,
              null,
              null,
              "terraform-provider-google#8360"),
          new Row("resourceNotReady", "reason", RETRY, null, null, "magic-modules#13881"),
          new Row("resourceInUse", "reason", OPERATOR, null, null, "compute v1"),
          new Row(
              "resourceInUseByAnotherResource",
              "reason",
              OPERATOR,
              null,
              null,
              "terraform-provider-google#6277"),
          new Row(
              "conditionNotMet",
              "reason",
              OPERATOR,
              "policy-forbids",
              POLICY,
              "bosh-bootloader#513"),
          new Row(
              "retentionPolicyNotMet",
              "reason",
              OPERATOR,
              "retention",
              null,
              "storage/bucket-lock"),
          new Row(
              "accessNotConfigured",
              "reason",
              OPERATOR,
              "api-disabled",
              "Enable the API that Google's message names.",
              "terraform-provider-google#25294"),
          new Row(
              "forbidden", "reason", OPERATOR, "permission-denied", PERMISSION, "compute v1, 403"),
          new Row(
              "SERVICE_DISABLED",
              "reason",
              OPERATOR,
              "api-disabled",
              "Enable the API that Google's message names.",
              "google-cloud-python#14201"),
          new Row(
              "PERMISSION_DENIED",
              "reason",
              OPERATOR,
              "permission-denied",
              PERMISSION,
              "dynatrace-gcp-monitor#25"),
          new Row(
              "kmsPermissionDenied",
              "reason",
              OPERATOR,
              "key-refused",
              KEY,
              "gcp-compute-persistent-disk-csi-driver#590"),
          new Row("invalid", "reason", OPERATOR, null, null, "google-api-go-client#178"),
          new Row("backendError", "reason", RETRY, null, null, "storage JSON API, status codes"),
          new Row("internalError", "reason", RETRY, null, null, "storage JSON API, status codes"),
          new Row("INVALID_IMAGE_TAR", "operation", UPLOADER, "image-refused", null, "packer#6340"),
          new Row("QUOTA_EXCEEDED", "operation", OPERATOR, "quota", QUOTA, "compute v1, quotaInfo"),
          new Row(
              "CONDITION_NOT_MET",
              "operation",
              OPERATOR,
              "policy-forbids",
              POLICY,
              "cluster-toolkit#1121"),
          new Row(
              "PERMISSIONS_ERROR",
              "operation",
              OPERATOR,
              "permission-denied",
              PERMISSION,
              "compute v1"),
          new Row("RESOURCE_NOT_FOUND", "operation", OPERATOR, "not-found", GONE, "compute v1"),
          new Row(
              "RESOURCE_IN_USE_BY_ANOTHER_RESOURCE",
              "operation",
              OPERATOR,
              null,
              null,
              "pulumi-gcp#680"),
          new Row("RESOURCE_NOT_READY", "operation", RETRY, null, null, "compute v1"),
          new Row("RATE_LIMIT_EXCEEDED", "operation", RETRY, null, null, "compute/api-quota"),
          new Row("ZONE_RESOURCE_POOL_EXHAUSTED", "operation", RETRY, null, null, "compute v1"),
          new Row("INTERNAL_ERROR", "operation", RETRY, null, null, "compute v1"),
          new Row("401", "status", RETRY, null, null, "a token that is just being renewed"),
          new Row("403", "status", OPERATOR, "permission-denied", PERMISSION, "compute v1"),
          new Row("404", "status", OPERATOR, "not-found", GONE, "compute v1"),
          new Row("408", "status", RETRY, null, null, "storage JSON API, retry strategy"),
          new Row(
              "409", "status", RETRY, null, null, "another change is under way; storage JSON API"),
          new Row(
              "412", "status", OPERATOR, "policy-forbids", POLICY, "fortigate-terraform-deploy#34"),
          new Row("429", "status", RETRY, null, null, "storage JSON API, retry strategy"));

  private static final Row OTHER_4XX =
      new Row(
          "any other 4xx", "status", OPERATOR_UNNAMED, UNNAMED_CODE, null, "decided: no source");
  private static final Row OTHER =
      new Row("5xx, or no answer", "status", RETRY, null, null, "storage JSON API, retry strategy");

  private RefusalTable() {}

  /**
   * One refusal.
   *
   * @param answer the word, or the HTTP status
   * @param kind {@code reason}, {@code operation} or {@code status}
   * @param actor who acts on it
   * @param code by which the record tells it, or null for the code of the step that was refused
   * @param nextStep what to do, or null for what the step that was refused says
   * @param source where it was seen, or Google's page
   */
  public record Row(
      String answer,
      String kind,
      Actor actor,
      @Nullable String code,
      @Nullable String nextStep,
      String source) {}

  /**
   * The row of a refusal.
   *
   * @param word the reason or the operation's code; empty if there is none
   * @param status the HTTP status; 0 if there is none
   */
  static Row of(String word, int status) {
    return row(word)
        .or(() -> row(Integer.toString(status)))
        .orElse(status >= 400 && status < 500 ? OTHER_4XX : OTHER);
  }

  private static Optional<Row> row(String answer) {
    return ROWS.stream().filter(row -> row.answer().equals(answer)).findFirst();
  }

  /** All rows, the rest last. */
  public static List<Row> rows() {
    return Stream.concat(ROWS.stream(), Stream.of(OTHER_4XX, OTHER)).toList();
  }

  /** As Markdown, for the README beside. */
  public static String markdown() {
    return rows().stream()
        .map(
            row ->
                String.format(
                    Locale.ROOT,
                    "| `%s` | %s | %s | %s | %s |",
                    row.answer(),
                    row.kind(),
                    who(row.actor()),
                    row.code() == null ? "" : "`" + row.code() + "`",
                    row.source()))
        .collect(
            joining(
                "\n",
                "| answer | kind | who acts | code | source |\n|---|---|---|---|---|\n",
                "\n"));
  }

  private static String who(Actor actor) {
    return switch (actor) {
      case RETRY -> "nobody: asked again, for 24 hours";
      case OPERATOR -> "the operator";
      case UPLOADER -> "the uploader";
      case OPERATOR_UNNAMED ->
          "the operator; once a group is patched, asked again until the progress deadline";
    };
  }
}
