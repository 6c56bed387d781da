package localcloud.http;

import com.google.api.services.storage.model.Bucket;
import com.google.api.services.storage.model.Policy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;
import localcloud.storage.ObjectStore;
import localcloud.world.refusals.ApiException;
import org.jspecify.annotations.Nullable;

/**
 * Buckets' policies: kept and shown. Who may do what here is granted by infra's roles alone, so a
 * policy changes nothing of that.
 */
final class Policies {
  private final ObjectStore store;

  Policies(ObjectStore store) {
    this.store = store;
  }

  Answer get(Request request) throws IOException {
    return Answer.of(shown(request.names().get(0)));
  }

  /** Replaces it, unless it was made of an earlier one. */
  Answer set(Request request) throws IOException {
    String bucket = request.names().get(0);
    Policy wanted = request.resource(Policy.class);
    check(wanted);
    synchronized (store) {
      String etag = wanted.getEtag();
      if (etag != null && !etag.isEmpty() && !etag.equals(shown(bucket).getEtag())) {
        throw new ApiException(
            412,
            "conditionNotMet",
            "At least one of the pre-conditions you specified did not hold.");
      }
      store.setPolicy(bucket, wanted);
      return Answer.of(shown(bucket));
    }
  }

  private Policy shown(String name) throws IOException {
    Bucket bucket = store.bucket(name);
    Policy kept = store.policy(name);
    List<Policy.Bindings> bindings = kept == null ? first() : kept.getBindings();
    CRC32 sum = new CRC32();
    sum.update(String.valueOf(bindings).getBytes(StandardCharsets.UTF_8));
    String etag = Long.toHexString(sum.getValue());
    return new Policy()
        .setKind("storage#policy")
        .setResourceId("projects/_/buckets/" + bucket.getName())
        .setVersion(kept == null || kept.getVersion() == null ? 1 : kept.getVersion())
        .setEtag(Base64.getEncoder().encodeToString(etag.getBytes(StandardCharsets.UTF_8)))
        .setBindings(bindings);
  }

  /** Those who have a role in the project by being its owners, editors or viewers. */
  private static List<Policy.Bindings> first() {
    return List.of(
        binding("roles/storage.legacyBucketOwner", "projectEditor:demo", "projectOwner:demo"),
        binding("roles/storage.legacyBucketReader", "projectViewer:demo"));
  }

  private static Policy.Bindings binding(String role, String... members) {
    return new Policy.Bindings().setRole(role).setMembers(List.of(members));
  }

  private static void check(Policy policy) {
    for (Policy.Bindings binding : orNone(policy.getBindings())) {
      String role = String.valueOf(binding.getRole());
      if (!role.matches("(projects/[^/]+/|organizations/[^/]+/)?roles/[\\w.]+")) {
        throw new ApiException(400, "invalid", "Role (" + role + ") does not exist.");
      }
      if (binding.getCondition() != null && !Integer.valueOf(3).equals(policy.getVersion())) {
        throw new ApiException(
            400, "invalid", "The policy has a condition, and its version is not 3.");
      }
      for (String member : orNone(binding.getMembers())) {
        if (member.equals("allUsers") || member.equals("allAuthenticatedUsers")) {
          Acls.checkPrivate("publicRead");
        }
        if (!member.contains(":")) {
          throw new ApiException(400, "invalid", "Invalid argument: the member '" + member + "'");
        }
      }
    }
  }

  private static <T> List<T> orNone(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }
}
