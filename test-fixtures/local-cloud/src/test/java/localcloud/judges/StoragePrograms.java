package localcloud.judges;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import localcloud.http.StorageCloud;

/** {@code gsutil} and {@code gcloud storage} against the local cloud. */
record StoragePrograms(StorageCloud cloud, Path home) {
  /**
   * Skips the calling test, and says so, where gsutil is not installed.
   *
   * @param retries a line of its section Boto
   */
  Program gsutil(String retries) throws IOException {
    return Program.named("gsutil", home)
        .with("CLOUDSDK_AUTH_DISABLE_CREDENTIALS", "true")
        .with("CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE", cloud.certificate().toString())
        .withFile(
            "boto",
            String.format(
                Locale.ROOT,
                """
                [Credentials]
                gs_json_host = localhost
                gs_json_port = %d
                [Boto]
                %s
                [GSUtil]
                default_project_id = demo
                """,
                cloud.httpsPort(),
                retries));
  }

  /** Skips the calling test, and says so, where gcloud is not installed. */
  Program gcloud() {
    return Program.named("gcloud", home)
        .with("CLOUDSDK_AUTH_DISABLE_CREDENTIALS", "true")
        .with("CLOUDSDK_CORE_PROJECT", "demo")
        .with("CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE", cloud.address() + "/storage/v1/");
  }
}
