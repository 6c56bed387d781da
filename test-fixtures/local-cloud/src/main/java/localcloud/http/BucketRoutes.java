package localcloud.http;

import com.google.api.client.util.Data;
import com.google.api.services.storage.model.AnywhereCaches;
import com.google.api.services.storage.model.Bucket;
import com.google.api.services.storage.model.Bucket.IamConfiguration;
import com.google.api.services.storage.model.Bucket.IamConfiguration.UniformBucketLevelAccess;
import com.google.api.services.storage.model.BucketStorageLayout;
import com.google.api.services.storage.model.BucketStorageLayout.HierarchicalNamespace;
import com.google.api.services.storage.model.Buckets;
import com.google.api.services.storage.model.ManagedFolders;
import com.google.api.services.storage.model.Notifications;
import com.google.api.services.storage.model.ServiceAccount;
import com.google.api.services.storage.model.TestIamPermissionsResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import localcloud.storage.ObjectStore;
import localcloud.world.refusals.ApiException;

/** Buckets; all are in the one project there is. */
final class BucketRoutes {
  /** What an update takes away unless it names it: the JSON library's null of each field. */
  private static final Map<String, Object> GONE =
      Map.of(
          "cors", Data.nullOf(ArrayList.class),
          "labels", Data.nullOf(HashMap.class),
          "lifecycle", Data.nullOf(Bucket.Lifecycle.class),
          "logging", Data.nullOf(Bucket.Logging.class),
          "website", Data.nullOf(Bucket.Website.class));

  private final ObjectStore store;

  BucketRoutes(ObjectStore store) {
    this.store = store;
  }

  /** In pages; the token is the last name of the page before. */
  Answer list(Request request) throws IOException {
    List<Bucket> rest =
        store.buckets(request.text("prefix")).stream()
            .filter(bucket -> bucket.getName().compareTo(request.text("pageToken")) > 0)
            .toList();
    int size = Math.min(rest.size(), Math.max(1, Parameters.maxResults(request)));
    List<Bucket> page = rest.stream().limit(size).map(bucket -> at(request, bucket)).toList();
    Buckets buckets = new Buckets().setKind("storage#buckets");
    if (size < rest.size()) {
      buckets.setNextPageToken(page.get(size - 1).getName());
    }
    return Answer.of(buckets.setItems(page.isEmpty() ? null : page));
  }

  Answer insert(Request request) throws IOException {
    if (request.text("enableObjectRetention").equalsIgnoreCase("true")) {
      throw new ApiException(501, "notImplemented", "The local cloud does not retain objects");
    }
    Bucket wanted = request.resource(Bucket.class);
    boolean lists =
        !(request.text("predefinedAcl") + request.text("predefinedDefaultObjectAcl")).isEmpty();
    Acls.checkPrivate(request.text("predefinedAcl"));
    Acls.checkPrivate(request.text("predefinedDefaultObjectAcl"));
    if (lists && wanted.getIamConfiguration() == null) {
      // Who names a list does not ask for uniform access.
      wanted.setIamConfiguration(
          new IamConfiguration()
              .setUniformBucketLevelAccess(new UniformBucketLevelAccess().setEnabled(false)));
    }
    return Answer.of(at(request, store.insertBucket(wanted)));
  }

  /** Merges; null removes. */
  Answer patch(Request request) throws IOException {
    return changed(request, request.patch(Bucket.class));
  }

  /** What is not named goes; where a bucket is, its class and its access stay. */
  Answer update(Request request) throws IOException {
    Bucket whole = request.patch(Bucket.class);
    GONE.forEach(
        (field, nothing) -> {
          if (whole.get(field) == null) {
            whole.set(field, nothing);
          }
        });
    return changed(request, whole);
  }

  private Answer changed(Request request, Bucket change) throws IOException {
    return Answer.of(
        at(
            request,
            store.patchBucket(
                request.names().get(0), change, request.number("ifMetagenerationMatch"))));
  }

  /** Which of the permissions asked about the caller has on the bucket. */
  Answer testPermissions(Request request) throws IOException {
    String bucket = store.bucket(request.names().get(0)).getName();
    List<String> held =
        request.all("permissions").stream()
            .filter(permission -> request.permit().holds(permission, bucket))
            .toList();
    return Answer.of(
        new TestIamPermissionsResponse()
            .setKind("storage#testIamPermissionsResponse")
            .setPermissions(held.isEmpty() ? null : held));
  }

  Answer acls(Request request) {
    return Acls.refuse(request, store.bucket(request.names().get(0)));
  }

  Answer get(Request request) throws IOException {
    return Answer.of(at(request, store.bucket(request.names().get(0))));
  }

  /** Asked by gcloud before it moves or removes whole folders. */
  Answer layout(Request request) throws IOException {
    Bucket bucket = store.bucket(request.names().get(0));
    return Answer.of(
        new BucketStorageLayout()
            .setKind("storage#storageLayout")
            .setBucket(bucket.getName())
            .setLocation(bucket.getLocation())
            .setLocationType(bucket.getLocationType())
            .setHierarchicalNamespace(new HierarchicalNamespace().setEnabled(false)));
  }

  /** Always none: those that could be made would need permissions that are not kept here. */
  Answer managedFolders(Request request) throws IOException {
    store.bucket(request.names().get(0));
    return Answer.of(new ManagedFolders().setKind("storage#managedFolders"));
  }

  /** Asked by Terraform's provider before it deletes a bucket; always none. */
  Answer anywhereCaches(Request request) throws IOException {
    store.bucket(request.names().get(0));
    return Answer.of(new AnywhereCaches().setKind("storage#anywhereCaches"));
  }

  /** Always none: where they would go is not here. */
  Answer notifications(Request request) throws IOException {
    store.bucket(request.names().get(0));
    return Answer.of(new Notifications().setKind("storage#notifications"));
  }

  /** Whom the project's buckets act as. */
  static Answer serviceAccount(Request request) throws IOException {
    return Answer.of(
        new ServiceAccount()
            .setKind("storage#serviceAccount")
            .setEmailAddress("service-1@gs-project-accounts.iam.gserviceaccount.com"));
  }

  Answer delete(Request request) throws IOException {
    store.deleteBucket(request.names().get(0));
    return Answer.empty(204, Map.of());
  }

  private static Bucket at(Request request, Bucket bucket) {
    return bucket.setSelfLink(request.address() + "/storage/v1/b/" + bucket.getName());
  }
}
