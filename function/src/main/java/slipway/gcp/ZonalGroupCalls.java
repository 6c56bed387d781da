package slipway.gcp;

import com.google.cloud.compute.v1.InstanceGroupManager;
import com.google.cloud.compute.v1.InstanceGroupManagersClient;
import com.google.cloud.compute.v1.ManagedInstance;
import com.google.cloud.compute.v1.Operation;
import com.google.cloud.compute.v1.PatchInstanceGroupManagerRequest;
import slipway.settings.GroupPath;

/** Groups of one zone. */
record ZonalGroupCalls(InstanceGroupManagersClient client) implements GroupCalls {
  @Override
  public InstanceGroupManager get(GroupPath path) {
    return client.get(path.project(), path.place(), path.name());
  }

  @Override
  public Iterable<ManagedInstance> instances(GroupPath path) {
    return client.listManagedInstances(path.project(), path.place(), path.name()).iterateAll();
  }

  @Override
  public Operation patch(GroupPath path, InstanceGroupManager body) {
    return client
        .patchCallable()
        .call(
            PatchInstanceGroupManagerRequest.newBuilder()
                .setProject(path.project())
                .setZone(path.place())
                .setInstanceGroupManager(path.name())
                .setInstanceGroupManagerResource(body)
                .build());
  }
}
