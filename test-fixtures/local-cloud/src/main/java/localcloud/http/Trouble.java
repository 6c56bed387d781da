package localcloud.http;

import localcloud.faults.Call;
import localcloud.world.refusals.ApiException;

/**
 * What Google answers when it cannot, though the caller did nothing wrong. Cloud Storage's 429 is
 * that of trinodb/trino#19943, its 503 that of googleapis/java-storage#2148, Compute Engine's rate
 * limit that of hashicorp/terraform-provider-google#8360 (there with 403), its 503 that of
 * binary-com/gce-manager#9; the rest is inferred.
 */
final class Trouble {
  private static final String TOO_MANY =
      "Quota exceeded for quota group 'ReadGroup' and limit 'Read requests per 100 seconds' of"
          + " service 'compute.googleapis.com' for consumer 'project_number:123456'.";

  private Trouble() {}

  static ApiException of(int status, Call call) {
    boolean storage = call.method().startsWith("storage.");
    if (status == 429) {
      String message = storage ? tooOften(call.resource()) : TOO_MANY;
      return new ApiException(429, "rateLimitExceeded", message);
    }
    if (call.method().startsWith("monitoring.")) {
      return new ApiException(status, "backendError", "The service is currently unavailable.");
    }
    String message =
        storage ? "We encountered an internal error. Please try again." : "Backend Error";
    return new ApiException(status, "backendError", message);
  }

  private static String tooOften(String object) {
    return "The object "
        + object
        + " exceeded the rate limit for object mutation operations (create, update, and delete)."
        + " Please reduce your request rate. See https://cloud.google.com/storage/docs/gcs429.";
  }
}
