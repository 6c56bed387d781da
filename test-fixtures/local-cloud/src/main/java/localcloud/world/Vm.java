package localcloud.world;

import com.google.cloud.compute.v1.Instance;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One instance: its resource and, once it runs, its machine. */
final class Vm {
  private Instance resource;
  private @Nullable Machine machine;

  Vm(Instance resource) {
    this.resource = resource;
  }

  Instance resource() {
    return resource;
  }

  void becomes(String status) {
    resource = resource.toBuilder().setStatus(status).build();
  }

  void runs(Machine started, Instant now) {
    machine = started;
    resource =
        resource.toBuilder().setStatus("RUNNING").setLastStartTimestamp(Ids.time(now)).build();
  }

  void stops(String status) {
    becomes(status);
    if (machine != null) {
      machine.stop();
    }
  }

  boolean is(String status) {
    return resource.getStatus().equals(status);
  }

  Optional<Machine> machine() {
    return Optional.ofNullable(machine);
  }
}
