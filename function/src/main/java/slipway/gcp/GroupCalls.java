package slipway.gcp;

import com.google.cloud.compute.v1.InstanceGroupManager;
import com.google.cloud.compute.v1.ManagedInstance;
import com.google.cloud.compute.v1.Operation;
import slipway.settings.GroupPath;

/** The three calls in which Google's zonal and regional clients differ, by type alone. */
interface GroupCalls {
  InstanceGroupManager get(GroupPath path);

  /** Page after page. */
  Iterable<ManagedInstance> instances(GroupPath path);

  /**
   * Begins the operation.
   *
   * @param requestId the same one again begins nothing more, and gets the first operation
   */
  Operation patch(GroupPath path, InstanceGroupManager body, String requestId);
}
