package localcloud.faults;

import com.google.cloud.compute.v1.ErrorDetails;
import com.google.cloud.compute.v1.Errors;
import com.google.cloud.compute.v1.QuotaExceededInfo;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads an operation's error. The texts are those that real operations had: the quota's in
 * mesosphere-backup/terraform-dcos#61 and fastai/course-v3#165, the stock-out's in
 * CCExtractor/sample-platform#901 with the status of scylladb/scylla-cluster-tests#12477. The code
 * INTERNAL_ERROR is that of hashicorp/terraform-provider-google#1961, its text and status are
 * inferred, and so is the quota's 403, which only calls were seen to have.
 */
final class FailureReader {
  private static final Keys.Bounds STATUS = new Keys.Bounds(0, 599);
  private static final String INTERNAL =
      "Internal error. Please try again or contact Google Support.";
  private static final String STOCK_OUT =
      "The zone 'projects/{project}/zones/{zone}' does not have enough resources available to"
          + " fulfill the request.  Try a different zone, or try again later.";

  private FailureReader() {}

  /** Code, message, HTTP status and quota; what is known of the code need not be told. */
  static Fault.Failure read(Keys keys) throws BadFaults {
    Optional<String> code = keys.text("code");
    if (code.isEmpty()) {
      throw new BadFaults(keys.name("code"), "a code such as QUOTA_EXCEEDED", "nothing");
    }
    Errors.Builder error = Errors.newBuilder().setCode(code.get());
    Fault.Failure usual =
        switch (code.get()) {
          case "QUOTA_EXCEEDED" -> quota(error, keys);
          case "ZONE_RESOURCE_POOL_EXHAUSTED" -> failure(error.setMessage(STOCK_OUT), 503);
          case "INTERNAL_ERROR" -> failure(error.setMessage(INTERNAL), 503);
          default -> failure(error, 400);
        };
    String message = keys.text("message").orElse(usual.error().getMessage());
    if (message.isEmpty()) {
      throw new BadFaults(keys.name("message"), "a text, since none is known of this code", "none");
    }
    int status = keys.whole("httpStatus", STATUS).orElse((long) usual.status()).intValue();
    return failure(usual.error().toBuilder().setMessage(message), status);
  }

  private static Fault.Failure failure(Errors.Builder error, int status) {
    return new Fault.Failure(error.build(), status);
  }

  private static Fault.Failure quota(Errors.Builder error, Keys keys) throws BadFaults {
    String metric = keys.text("metric").orElse("CPUS");
    long limit = keys.whole("limit", new Keys.Bounds(0, 1_000_000)).orElse(24L);
    String limitName = metric.replace('_', '-') + "-per-project-{where}";
    QuotaExceededInfo info =
        QuotaExceededInfo.newBuilder()
            .setMetricName("compute.googleapis.com/" + metric.toLowerCase(Locale.ROOT))
            .setLimitName(limitName)
            .setLimit(limit)
            .build();
    error
        .setMessage("Quota '" + metric + "' exceeded.  Limit: " + limit + ".0 {inWhere}.")
        .addErrorDetails(ErrorDetails.newBuilder().setQuotaInfo(info));
    return failure(error, 403);
  }
}
