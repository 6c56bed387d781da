package slipway.gcp;

import com.google.cloud.compute.v1.InstanceGroupManager;
import com.google.cloud.compute.v1.ManagedInstance;
import com.google.cloud.compute.v1.Operation;
import com.google.cloud.compute.v1.PatchInstanceGroupManagerRequest;
import slipway.settings.GroupPath;

/** Groups of one zone. */
record ZonalGroupCalls(Clients clients) implements GroupCalls {
  @Override
  public InstanceGroupManager get(GroupPath path) {
    return clients.groups().get(path.project(), path.place(), path.name());
  }

  @Override
  public Iterable<ManagedInstance> instances(GroupPath path) {
    return clients
        .groups()
        .listManagedInstances(path.project(), path.place(), path.name())
        .iterateAll();
  }

  @Override
  public Operation patch(GroupPath path, InstanceGroupManager body, String requestId) {
    return clients
        .groups()
        .patchCallable()
        .call(
            PatchInstanceGroupManagerRequest.newBuilder()
                .setProject(path.project())
                .setZone(path.place())
                .setInstanceGroupManager(path.name())
                .setInstanceGroupManagerResource(body)
                .setRequestId(requestId)
                .build());
  }
}
