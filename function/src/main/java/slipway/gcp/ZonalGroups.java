package slipway.gcp;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.cloud.compute.v1.FixedOrPercent;
import com.google.cloud.compute.v1.InstanceGroupManager;
import com.google.cloud.compute.v1.InstanceGroupManagerUpdatePolicy;
import com.google.cloud.compute.v1.InstanceGroupManagerVersion;
import com.google.cloud.compute.v1.InstanceGroupManagersClient;
import com.google.cloud.compute.v1.ManagedInstance;
import com.google.cloud.compute.v1.Operation;
import com.google.cloud.compute.v1.PatchInstanceGroupManagerRequest;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import slipway.fault.OperationFailed;
import slipway.rollout.Group;
import slipway.rollout.Groups;
import slipway.rollout.Instance;
import slipway.settings.GroupPath;
import slipway.settings.Size;
import slipway.time.CallOver;

/** Zonal managed instance groups through Google's client. */
final class ZonalGroups implements Groups {
  private final InstanceGroupManagersClient client;
  private final Operations operations;

  ZonalGroups(Clients clients, Operations operations) {
    this.client = clients.groups();
    this.operations = operations;
  }

  @Override
  public Optional<Group> find(GroupPath path) {
    try {
      return Optional.of(
          GroupReading.group(
              path,
              Refusal.guardRead(
                  path.toString(), () -> client.get(path.project(), path.zone(), path.name()))));
    } catch (NotFoundException none) {
      return Optional.empty();
    }
  }

  @Override
  public List<Instance> instances(GroupPath path) {
    return Refusal.guardRead("instances of " + path, () -> managed(path)).stream()
        .map(GroupReading::instance)
        .toList();
  }

  private List<ManagedInstance> managed(GroupPath path) {
    var pages = client.listManagedInstances(path.project(), path.zone(), path.name());
    return StreamSupport.stream(pages.iterateAll().spliterator(), false).toList();
  }

  @Override
  public void patch(Intent intent)
      throws StaleFingerprint, OperationFailed, CallOver, InterruptedException {
    GroupPath path = intent.group().path();
    PatchInstanceGroupManagerRequest request =
        PatchInstanceGroupManagerRequest.newBuilder()
            .setProject(path.project())
            .setZone(path.zone())
            .setInstanceGroupManager(path.name())
            .setInstanceGroupManagerResource(body(intent))
            .build();
    try {
      Operation operation =
          Refusal.guard(path.toString(), () -> client.patchCallable().call(request));
      operations.await(operation);
    } catch (ApiException failed) {
      if (Refusal.of(failed).status() == 412) {
        throw new StaleFingerprint(path);
      }
      throw failed;
    }
  }

  /**
   * Versions and update policy, nothing else: the autoscaler owns the target size, and a body with
   * named ports is refused (google-cloud-ruby#24808).
   */
  private static InstanceGroupManager body(Intent intent) {
    return InstanceGroupManager.newBuilder()
        .setFingerprint(intent.group().fingerprint())
        .addVersions(
            InstanceGroupManagerVersion.newBuilder().setInstanceTemplate(intent.templatePath()))
        .setUpdatePolicy(
            InstanceGroupManagerUpdatePolicy.newBuilder()
                .setType("PROACTIVE")
                .setMinimalAction("REPLACE")
                .setMostDisruptiveAllowedAction("REPLACE")
                .setMaxSurge(size(intent.rolling().maxSurge()))
                .setMaxUnavailable(size(intent.rolling().maxUnavailable())))
        .build();
  }

  private static FixedOrPercent size(Size size) {
    return size.percent()
        ? FixedOrPercent.newBuilder().setPercent(size.value()).build()
        : FixedOrPercent.newBuilder().setFixed(size.value()).build();
  }
}
