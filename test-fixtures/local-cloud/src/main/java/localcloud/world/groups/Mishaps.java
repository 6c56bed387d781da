package localcloud.world.groups;

import com.google.cloud.compute.v1.Errors;
import com.google.cloud.compute.v1.InstanceManagedByIgmError;
import com.google.cloud.compute.v1.InstanceManagedByIgmErrorInstanceActionDetails;
import com.google.cloud.compute.v1.InstanceManagedByIgmErrorManagedInstanceError;
import com.google.cloud.compute.v1.ManagedInstanceVersion;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What went wrong in a group lately, newest first, as listErrors tells it. */
final class Mishaps {
  /** Kept at most; Google keeps them for a limited time that it does not tell. */
  private static final int MOST = 200;

  private final Deque<InstanceManagedByIgmError> latest = new ArrayDeque<>();

  void add(Member member, String instance, Errors error, String timestamp) {
    latest.addFirst(
        InstanceManagedByIgmError.newBuilder()
            .setError(
                InstanceManagedByIgmErrorManagedInstanceError.newBuilder()
                    .setCode(error.getCode())
                    .setMessage(error.getMessage()))
            .setInstanceActionDetails(
                InstanceManagedByIgmErrorInstanceActionDetails.newBuilder()
                    .setAction(member.action().name())
                    .setInstance(instance)
                    .setVersion(version(member.version())))
            .setTimestamp(timestamp)
            .build());
    if (latest.size() > MOST) {
      latest.removeLast();
    }
  }

  List<InstanceManagedByIgmError> list() {
    return List.copyOf(latest);
  }

  static ManagedInstanceVersion version(VersionKey key) {
    ManagedInstanceVersion.Builder version =
        ManagedInstanceVersion.newBuilder().setInstanceTemplate(key.template());
    if (!key.name().isEmpty()) {
      version.setName(key.name());
    }
    return version.build();
  }
}
