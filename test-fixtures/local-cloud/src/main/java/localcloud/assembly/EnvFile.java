package localcloud.assembly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import localcloud.access.Access;
import localcloud.http.ApiServer;

/** The settings of Google's command line programs that lead them to the local cloud. */
final class EnvFile {
  private final DataFolder data;
  private final ApiServer.Ports ports;
  private final Path certificate;

  EnvFile(DataFolder data, ApiServer.Ports ports, Path certificate) {
    this.data = data;
    this.ports = ports;
    this.certificate = certificate;
  }

  /** For a shell that acts as this identity. */
  void write(String identity) throws IOException {
    Files.createDirectories(data.gcloud());
    Files.writeString(data.token(identity), Access.token(identity));
    Files.writeString(data.boto(identity), boto(identity));
    StringBuilder lines = new StringBuilder();
    variables(identity)
        .forEach(
            (name, value) ->
                lines
                    .append("export ")
                    .append(name)
                    .append('=')
                    .append(Shell.quote(value))
                    .append('\n'));
    Files.writeString(data.env(identity), lines);
  }

  private Map<String, String> variables(String identity) {
    String http = "http://localhost:" + ports.http();
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("BOTO_CONFIG", data.boto(identity).toString());
    // A folder of its own: the caller's logins and settings are neither used nor touched.
    variables.put("CLOUDSDK_CONFIG", data.gcloud().toString());
    variables.put("CLOUDSDK_CORE_PROJECT", Names.PROJECT);
    variables.put("CLOUDSDK_COMPUTE_ZONE", Names.ZONE);
    variables.put("CLOUDSDK_AUTH_ACCESS_TOKEN_FILE", data.token(identity).toString());
    variables.put("CLOUDSDK_CORE_PASS_CREDENTIALS_TO_GSUTIL", "false");
    variables.put("CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE", http + "/storage/v1/");
    variables.put("CLOUDSDK_API_ENDPOINT_OVERRIDES_COMPUTE", http + "/compute/v1/");
    variables.put("CLOUDSDK_API_ENDPOINT_OVERRIDES_MONITORING", http + "/");
    variables.put("CLOUDSDK_API_ENDPOINT_OVERRIDES_LOGGING", http + "/");
    variables.put("CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE", certificate.toString());
    // One upload, one finalize event.
    variables.put("CLOUDSDK_STORAGE_PARALLEL_COMPOSITE_UPLOAD_ENABLED", "False");
    variables.put("CLOUDSDK_CORE_DISABLE_USAGE_REPORTING", "true");
    variables.put("CLOUDSDK_COMPONENT_MANAGER_DISABLE_UPDATE_CHECK", "true");
    variables.put("CLOUDSDK_SURVEY_DISABLE_PROMPTS", "true");
    return variables;
  }

  /**
   * gsutil speaks HTTPS only, and takes the host's name and port from here. It takes no access
   * token, but exchanges a refresh token for one: gslib/gcs_json_credentials.py of gsutil 5.34.
   */
  private String boto(String identity) {
    return Text.of(
        """
        [Credentials]
        gs_json_host = localhost
        gs_json_port = %d
        gs_oauth2_refresh_token = %s

        [OAuth2]
        provider_token_uri = http://localhost:%d/token
        client_id = local
        client_secret = local

        [Boto]
        ca_certificates_file = %s
        https_validate_certificates = True
        num_retries = 3

        [GSUtil]
        default_project_id = %s
        prefer_api = json
        parallel_composite_upload_threshold = 0
        software_update_check_period = 0
        state_dir = %s
        """,
        ports.https(),
        Access.token(identity),
        ports.http(),
        certificate,
        Names.PROJECT,
        data.path().resolve("gsutil"));
  }
}
