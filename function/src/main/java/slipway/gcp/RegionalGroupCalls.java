package slipway.gcp;

import com.google.cloud.compute.v1.InstanceGroupManager;
import com.google.cloud.compute.v1.ManagedInstance;
import com.google.cloud.compute.v1.Operation;
import com.google.cloud.compute.v1.PatchRegionInstanceGroupManagerRequest;
import slipway.settings.GroupPath;

/** Groups over the zones of one region. */
record RegionalGroupCalls(Clients clients) implements GroupCalls {
  @Override
  public InstanceGroupManager get(GroupPath path) {
    return clients.regionGroups().get(path.project(), path.place(), path.name());
  }

  @Override
  public Iterable<ManagedInstance> instances(GroupPath path) {
    return clients
        .regionGroups()
        .listManagedInstances(path.project(), path.place(), path.name())
        .iterateAll();
  }

  @Override
  public Operation patch(GroupPath path, InstanceGroupManager body, String requestId) {
    return clients
        .regionGroups()
        .patchCallable()
        .call(
            PatchRegionInstanceGroupManagerRequest.newBuilder()
                .setProject(path.project())
                .setRegion(path.place())
                .setInstanceGroupManager(path.name())
                .setInstanceGroupManagerResource(body)
                .setRequestId(requestId)
                .build());
  }
}
