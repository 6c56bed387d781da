package localcloud.world.groups;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What a group has to know of the load balancers that it stands behind. */
public interface Balancers {
  /** The links of the checks by which they judge the instances of this instance group. */
  Set<String> checks(String instanceGroup);

  /**
   * How long an instance of the instance group gets no new requests before it may be deleted: "the
   * largest timeout value is used" if several services share the group.
   */
  Duration draining(String instanceGroup);

  /** The path of a service that the instance group is a backend of. */
  Optional<String> userOfGroup(String instanceGroup);
}
