package slipway.gcp;

import com.google.api.client.http.HttpRequestFactory;
import com.google.api.gax.core.FixedCredentialsProvider;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.rpc.ClientSettings;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.oauth2.AccessToken;
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
import com.google.cloud.http.HttpTransportOptions;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import java.io.IOException;
import slipway.settings.Settings;
import slipway.settings.Settings.Endpoints;

/**
 * Google's clients, one of each for the life of the function.
 *
 * @param storage Cloud Storage
 * @param images images
 * @param groups zonal managed instance groups
 * @param regionGroups regional managed instance groups
 * @param instances instances
 * @param globalOperations operations on global things
 * @param zoneOperations operations on things in a zone
 * @param regionOperations operations on things of a region
 * @param compute plain requests to Compute, with the credentials that the others use
 * @param computeUrl where those go, ending {@code /compute/v1/}
 */
public record Clients(
    Storage storage,
    ImagesClient images,
    InstanceGroupManagersClient groups,
    RegionInstanceGroupManagersClient regionGroups,
    InstancesClient instances,
    GlobalOperationsClient globalOperations,
    ZoneOperationsClient zoneOperations,
    RegionOperationsClient regionOperations,
    HttpRequestFactory compute,
    String computeUrl) {
  private static final String GOOGLE = "https://compute.googleapis.com";
  private static final String CLOUD_PLATFORM = "https://www.googleapis.com/auth/cloud-platform";

  /**
   * Connects to Google with the platform's credentials, or to the endpoints of the settings with
   * the token of the settings, if any.
   *
   * @throws IOException if the platform's credentials cannot be read
   */
  public static Clients connect(Settings settings) throws IOException {
    Endpoints endpoints = settings.endpoints();
    String compute = endpoints.compute();
    StorageOptions storage = storage(settings);
    return new Clients(
        storage.getService(),
        ImagesClient.create(at(endpoints, ImagesSettings.newBuilder()).build()),
        InstanceGroupManagersClient.create(
            at(endpoints, InstanceGroupManagersSettings.newBuilder()).build()),
        RegionInstanceGroupManagersClient.create(
            at(endpoints, RegionInstanceGroupManagersSettings.newBuilder()).build()),
        InstancesClient.create(at(endpoints, InstancesSettings.newBuilder()).build()),
        GlobalOperationsClient.create(at(endpoints, GlobalOperationsSettings.newBuilder()).build()),
        ZoneOperationsClient.create(at(endpoints, ZoneOperationsSettings.newBuilder()).build()),
        RegionOperationsClient.create(at(endpoints, RegionOperationsSettings.newBuilder()).build()),
        requests(storage),
        (compute.isEmpty() ? GOOGLE : compute) + "/compute/v1/");
  }

  private static StorageOptions storage(Settings settings) {
    StorageOptions.Builder builder = StorageOptions.newBuilder().setProjectId(settings.project());
    Endpoints endpoints = settings.endpoints();
    if (!endpoints.storage().isEmpty()) {
      builder
          .setHost(endpoints.storage())
          .setCredentials(
              endpoints.token().isEmpty() ? NoCredentials.getInstance() : of(endpoints));
    }
    return builder.build();
  }

  private static <S extends ClientSettings<S>, B extends ClientSettings.Builder<S, B>> B at(
      Endpoints endpoints, B builder) {
    if (!endpoints.compute().isEmpty()) {
      builder
          .setEndpoint(endpoints.compute())
          .setCredentialsProvider(
              endpoints.token().isEmpty()
                  ? NoCredentialsProvider.create()
                  : FixedCredentialsProvider.create(of(endpoints)));
    }
    return builder;
  }

  private static GoogleCredentials of(Endpoints endpoints) {
    return GoogleCredentials.create(
        AccessToken.newBuilder().setTokenValue(endpoints.token()).build());
  }

  /** The storage client's own scope would not do for Compute. */
  private static HttpRequestFactory requests(StorageOptions storage) {
    var transport =
        ((HttpTransportOptions) storage.getTransportOptions()).getHttpTransportFactory().create();
    return storage.getCredentials() instanceof GoogleCredentials credentials
        ? transport.createRequestFactory(
            new HttpCredentialsAdapter(credentials.createScoped(CLOUD_PLATFORM)))
        : transport.createRequestFactory();
  }
}
