package slipway.fault;

import static java.util.stream.Collectors.joining;
import static slipway.fault.Actor.OPERATOR;
import static slipway.fault.Actor.OPERATOR_UNNAMED;
import static slipway.fault.Actor.RETRY;
import static slipway.fault.Actor.UPLOADER;

import java.util.List;
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

  private static final String AGAIN = " Then upload again.";
  private static final String QUOTA = "Raise the project's quota, or delete what is not used.";
  private static final String POLICY =
      "See in Google's sentence which organization policy forbids it; allow it, or change the"
          + " target so that it need not.";
  private static final String PERMISSION = "Add the permission to the function's role.";
  private static final String GONE = "Make what Google's sentence names, or mend its name.";

  private static final List<Row> ROWS =
      List.of(
          reason("quotaExceeded", OPERATOR, "quota", QUOTA, "compute/api-quota"),
          reason("rateLimitExceeded", RETRY, null, null, "compute/api-quota"),
          reason("userRateLimitExceeded", RETRY, null, null, "terraform-provider-google#8360"),
          reason("resourceNotReady", RETRY, null, null, "magic-modules#13881"),
          reason("resourceInUse", OPERATOR, null, null, "compute v1"),
          reason(
              "resourceInUseByAnotherResource",
              OPERATOR,
              null,
              null,
              "terraform-provider-google#6277"),
          reason("conditionNotMet", OPERATOR, "policy-forbids", POLICY, "bosh-bootloader#513"),
          reason("retentionPolicyNotMet", OPERATOR, "retention", null, "storage/bucket-lock"),
          reason(
              "accessNotConfigured",
              OPERATOR,
              "api-disabled",
              "Enable the API that Google's sentence names.",
              "terraform-provider-google#25294"),
          reason("forbidden", OPERATOR, "permission-denied", PERMISSION, "compute v1, 403"),
          reason("invalid", OPERATOR, null, null, "google-api-go-client#178"),
          reason("backendError", RETRY, null, null, "storage JSON API, status codes"),
          reason("internalError", RETRY, null, null, "storage JSON API, status codes"),
          code("INVALID_IMAGE_TAR", UPLOADER, "image-refused", null, "packer#6340"),
          code("QUOTA_EXCEEDED", OPERATOR, "quota", QUOTA, "compute v1, quotaInfo"),
          code("CONDITION_NOT_MET", OPERATOR, "policy-forbids", POLICY, "cluster-toolkit#1121"),
          code("PERMISSIONS_ERROR", OPERATOR, "permission-denied", PERMISSION, "compute v1"),
          code("RESOURCE_NOT_FOUND", OPERATOR, "not-found", GONE, "compute v1"),
          code("RESOURCE_IN_USE_BY_ANOTHER_RESOURCE", OPERATOR, null, null, "pulumi-gcp#680"),
          code("RESOURCE_NOT_READY", RETRY, null, null, "compute v1"),
          code("RATE_LIMIT_EXCEEDED", RETRY, null, null, "compute/api-quota"),
          code("ZONE_RESOURCE_POOL_EXHAUSTED", RETRY, null, null, "compute v1"),
          code("INTERNAL_ERROR", RETRY, null, null, "compute v1"),
          status(401, RETRY, null, null, "a token that is just being renewed"),
          status(403, OPERATOR, "permission-denied", PERMISSION, "compute v1"),
          status(404, OPERATOR, "not-found", GONE, "compute v1"),
          status(408, RETRY, null, null, "storage JSON API, retry strategy"),
          status(409, RETRY, null, null, "another change is under way; storage JSON API"),
          status(412, OPERATOR, "policy-forbids", POLICY, "fortigate-terraform-deploy#34"),
          status(429, RETRY, null, null, "storage JSON API, retry strategy"));

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
                "| `%s` | %s | %s | %s | %s |"
                    .formatted(
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

  private static Row reason(
      String word, Actor actor, @Nullable String code, @Nullable String next, String source) {
    return new Row(word, "reason", actor, code, next == null ? null : next + AGAIN, source);
  }

  private static Row code(
      String word, Actor actor, @Nullable String code, @Nullable String next, String source) {
    return new Row(word, "operation", actor, code, next == null ? null : next + AGAIN, source);
  }

  private static Row status(
      int status, Actor actor, @Nullable String code, @Nullable String next, String source) {
    String word = Integer.toString(status);
    return new Row(word, "status", actor, code, next == null ? null : next + AGAIN, source);
  }
}
