package slipway.gcp;

import com.google.api.client.http.HttpRequestFactory;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.gax.core.FixedCredentialsProvider;
import com.google.api.gax.rpc.ClientSettings;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.ComputeEngineCredentials;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.NoCredentials;
import com.google.cloud.compute.v1.GlobalOperationsClient;
import com.google.cloud.compute.v1.GlobalOperationsSettings;
import com.google.cloud.compute.v1.ImagesClient;
import com.google.cloud.compute.v1.ImagesSettings;
import com.google.cloud.compute.v1.InstanceGroupManagersClient;
import com.google.cloud.compute.v1.InstanceGroupManagersSettings;
import com.google.cloud.compute.v1.InstancesClient;
import com.google.cloud.compute.v1.InstancesSettings;
import com.google.cloud.compute.v1.RegionInstanceGroupManagersClient;
import com.google.cloud.compute.v1.RegionInstanceGroupManagersSettings;
import com.google.cloud.compute.v1.RegionOperationsClient;
import com.google.cloud.compute.v1.RegionOperationsSettings;
import com.google.cloud.compute.v1.ZoneOperationsClient;
import com.google.cloud.compute.v1.ZoneOperationsSettings;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import com.google.common.base.Suppliers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import slipway.settings.Settings;
import slipway.settings.Settings.Endpoints;

/**
 * Google's clients, one of each for the life of the function, made when they are first needed or
 * before that beside something else: Cloud Storage's while the framework starts, Compute's while
 * the upload is proven. The first of Compute's takes longer than all that comes before it, most of
 * it for the descriptors of its messages.
 */
public final class Clients {
  private static final String GOOGLE = "https://compute.googleapis.com";
  private static final String GOOGLES_MONITORING = "https://monitoring.googleapis.com";
  private static final String CLOUD_PLATFORM = "https://www.googleapis.com/auth/cloud-platform";

  private final Endpoints endpoints;
  private final Supplier<GoogleCredentials> serviceAccount;
  private final Supplier<Storage> storage;
  private final Supplier<ImagesClient> images;
  private final Supplier<InstanceGroupManagersClient> groups;
  private final Supplier<RegionInstanceGroupManagersClient> regionGroups;
  private final Supplier<InstancesClient> instances;
  private final Supplier<GlobalOperationsClient> globalOperations;
  private final Supplier<ZoneOperationsClient> zoneOperations;
  private final Supplier<RegionOperationsClient> regionOperations;
  private final Supplier<HttpRequestFactory> requests;
  private final Supplier<HttpRequestFactory> monitoring;
  private final Map<String, String> architectures = new ConcurrentHashMap<>();

  private Clients(Settings settings) {
    endpoints = settings.endpoints();
    serviceAccount = once(() -> ComputeEngineCredentials.create().createScoped(CLOUD_PLATFORM));
    storage = once(() -> storage(settings.project()).getService());
    images = once(() -> ImagesClient.create(at(ImagesSettings.newBuilder()).build()));
    groups =
        once(
            () ->
                InstanceGroupManagersClient.create(
                    at(InstanceGroupManagersSettings.newBuilder()).build()));
    regionGroups =
        once(
            () ->
                RegionInstanceGroupManagersClient.create(
                    at(RegionInstanceGroupManagersSettings.newBuilder()).build()));
    instances = once(() -> InstancesClient.create(at(InstancesSettings.newBuilder()).build()));
    globalOperations =
        once(
            () -> GlobalOperationsClient.create(at(GlobalOperationsSettings.newBuilder()).build()));
    zoneOperations =
        once(() -> ZoneOperationsClient.create(at(ZoneOperationsSettings.newBuilder()).build()));
    regionOperations =
        once(
            () -> RegionOperationsClient.create(at(RegionOperationsSettings.newBuilder()).build()));
    requests = once(() -> requests(endpoints.compute()));
    monitoring = once(() -> requests(endpoints.monitoring()));
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

  /** Makes those of Compute's clients that every deployment needs, and does not wait for them. */
  void makeComputeMeanwhile() {
    meanwhile(
        () -> {
          images();
          groups();
          globalOperations();
        });
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

  /** How one is made. */
  private interface Making<T> {
    T make() throws IOException;
  }

  /** For any number of threads; a failure is not kept. */
  private static <T> Supplier<T> once(Making<T> making) {
    return Suppliers.memoize(
        () -> {
          try {
            return making.make();
          } catch (IOException failed) {
            throw new UncheckedIOException(failed);
          }
        });
  }

  Storage storage() {
    return storage.get();
  }

  ImagesClient images() {
    return images.get();
  }

  /** Zonal managed instance groups. */
  InstanceGroupManagersClient groups() {
    return groups.get();
  }

  /** Regional managed instance groups. */
  RegionInstanceGroupManagersClient regionGroups() {
    return regionGroups.get();
  }

  InstancesClient instances() {
    return instances.get();
  }

  GlobalOperationsClient globalOperations() {
    return globalOperations.get();
  }

  ZoneOperationsClient zoneOperations() {
    return zoneOperations.get();
  }

  RegionOperationsClient regionOperations() {
    return regionOperations.get();
  }

  /** Plain requests to Compute, with the credentials that the others use. */
  HttpRequestFactory compute() {
    return requests.get();
  }

  /** Of machine types, as far as they were asked for: they never change. */
  Map<String, String> architectures() {
    return architectures;
  }

  /** Where those go, ending {@code /compute/v1/}. */
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

  private <S extends ClientSettings<S>, B extends ClientSettings.Builder<S, B>> B at(B builder) {
    String endpoint = endpoints.compute();
    builder.setCredentialsProvider(
        FixedCredentialsProvider.create(credentials(endpoint).orElse(null)));
    if (!endpoint.isEmpty()) {
      builder.setEndpoint(endpoint);
    }
    return builder;
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
