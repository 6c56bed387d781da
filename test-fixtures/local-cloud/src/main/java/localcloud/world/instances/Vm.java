package localcloud.world.instances;

import com.google.cloud.compute.v1.Instance;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import localcloud.world.operations.Ids;
import org.jspecify.annotations.Nullable;

/** One instance: its resource and, once it runs, its machine. */
public final class Vm {
  private Instance resource;
  private @Nullable Machine machine;
  private @Nullable Path disk;

  private final String image;

  /**
   * Not yet switched on.
   *
   * @param image a reference to the image that its boot disk is made of
   */
  public Vm(Instance resource, String image) {
    this.resource = resource;
    this.image = image;
  }

  /** A reference to the image that its boot disk was made of. */
  String image() {
    return image;
  }

  public Instance resource() {
    return resource;
  }

  /** When it was made, to the millisecond. */
  public Instant born() {
    return OffsetDateTime.parse(resource.getCreationTimestamp()).toInstant();
  }

  /** Is described so from now on. */
  public void becomes(Instance changed) {
    resource = changed;
  }

  /** Shows this status from now on. */
  public void becomes(String status) {
    resource = resource.toBuilder().setStatus(status).build();
  }

  /** Its machine was switched on, from this image's disk: RUNNING. */
  public void runs(Machine started, Instant now, Path from) {
    machine = started;
    disk = from;
    resource =
        resource.toBuilder().setStatus("RUNNING").setLastStartTimestamp(Ids.time(now)).build();
  }

  /** Switches its machine off, if any; the status is what it is from now on. */
  public void stops(String status) {
    becomes(status);
    if (machine != null) {
      machine.stop();
    }
  }

  /** Whether this is its status. */
  public boolean is(String status) {
    return resource.getStatus().equals(status);
  }

  /** The image's disk that it was last switched on from. */
  public Optional<Path> disk() {
    return Optional.ofNullable(disk);
  }

  /** Empty until it was switched on. */
  public Optional<Machine> machine() {
    return Optional.ofNullable(machine);
  }

  /** Whether Compute Engine may take it away at any time. */
  public boolean spot() {
    return resource.getScheduling().getPreemptible();
  }
}
