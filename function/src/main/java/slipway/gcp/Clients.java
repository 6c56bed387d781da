package slipway.gcp;

import com.google.api.client.http.HttpRequestFactory;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.ComputeEngineCredentials;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.NoCredentials;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import com.google.common.base.Suppliers;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import slipway.settings.Settings;
import slipway.settings.Settings.Endpoints;

/**
 * How Google is asked, for the life of the function: Cloud Storage through its client, which is
 * made while the framework starts, and Compute and Cloud Monitoring by plain requests.
 */
public final class Clients {
  private static final String GOOGLE = "https://compute.googleapis.com";
  private static final String GOOGLES_MONITORING = "https://monitoring.googleapis.com";
  private static final String GOOGLES_STORAGE = "https://storage.googleapis.com";
  private static final String CLOUD_PLATFORM = "https://www.googleapis.com/auth/cloud-platform";

  private final Endpoints endpoints;
  private final Supplier<GoogleCredentials> serviceAccount;
  private final Supplier<Storage> storage;
  private final Supplier<HttpRequestFactory> requests;
  private final Supplier<HttpRequestFactory> monitoring;
  private final Supplier<HttpRequestFactory> objects;
  private final Map<String, String> architectures = new ConcurrentHashMap<>();

  private Clients(Settings settings) {
    endpoints = settings.endpoints();
    serviceAccount =
        Suppliers.memoize(() -> ComputeEngineCredentials.create().createScoped(CLOUD_PLATFORM));
    storage = Suppliers.memoize(() -> storage(settings.project()).getService());
    requests = Suppliers.memoize(() -> requests(endpoints.compute()));
    monitoring = Suppliers.memoize(() -> requests(endpoints.monitoring()));
    objects = Suppliers.memoize(() -> requests(endpoints.storage()));
  }

  /**
   * Connects to Google as the function's service account, or to the endpoints of the settings with
   * the token of the settings, if any. Does not wait for it: what goes wrong is thrown by whoever
   * first needs a client, and tried again by the next.
   */
  public static Clients connect(Settings settings) {
    Clients clients = new Clients(settings);
    meanwhile(clients::storage);
    return clients;
  }

  private static void meanwhile(Runnable making) {
    Thread thread =
        new Thread(
            () -> {
              try {
                making.run();
              } catch (RuntimeException failed) {
                // Nothing was kept: whoever needs the client tries again, in a call that can fail.
              }
            },
            "clients");
    thread.setDaemon(true);
    thread.start();
  }

  Storage storage() {
    return storage.get();
  }

  /** Plain requests to Compute. */
  HttpRequestFactory compute() {
    return requests.get();
  }

  /** Of machine types, as far as they were asked for: they never change. */
  Map<String, String> architectures() {
    return architectures;
  }

  /** Where requests to Compute go, ending {@code /compute/v1/}. */
  String computeUrl() {
    return (endpoints.compute().isEmpty() ? GOOGLE : endpoints.compute()) + "/compute/v1/";
  }

  /** Plain requests to Cloud Monitoring. */
  HttpRequestFactory monitoring() {
    return monitoring.get();
  }

  /** Where those go, ending {@code /v3/}. */
  String monitoringUrl() {
    return (endpoints.monitoring().isEmpty() ? GOOGLES_MONITORING : endpoints.monitoring())
        + "/v3/";
  }

  /** Plain requests to Cloud Storage, for what its client does not tell. */
  HttpRequestFactory objects() {
    return objects.get();
  }

  /** Where those go, ending {@code /storage/v1/}. */
  String objectsUrl() {
    return (endpoints.storage().isEmpty() ? GOOGLES_STORAGE : endpoints.storage()) + "/storage/v1/";
  }

  private StorageOptions storage(String project) {
    String endpoint = endpoints.storage();
    StorageOptions.Builder builder = StorageOptions.newBuilder().setProjectId(project);
    Optional<GoogleCredentials> credentials = credentials(endpoint);
    builder.setCredentials(
        credentials.isPresent() ? credentials.get() : NoCredentials.getInstance());
    if (!endpoint.isEmpty()) {
      builder.setHost(endpoint);
    }
    return builder.build();
  }

  private HttpRequestFactory requests(String endpoint) {
    HttpRequestInitializer credentials =
        credentials(endpoint).map(HttpCredentialsAdapter::new).orElse(null);
    return new NetHttpTransport().createRequestFactory(credentials);
  }

  /**
   * For an endpoint. Google's is asked as the function's service account, which is not looked for:
   * Google's library looks only once, and would remember that the platform did not answer then.
   */
  private Optional<GoogleCredentials> credentials(String endpoint) {
    if (endpoint.isEmpty()) {
      return Optional.of(serviceAccount.get());
    }
    String token = endpoints.token();
    return token.isEmpty()
        ? Optional.empty()
        : Optional.of(
            GoogleCredentials.create(AccessToken.newBuilder().setTokenValue(token).build()));
  }
}
