package slipway.rollout;

import org.jspecify.annotations.Nullable;
import slipway.settings.TemplatePath;

/**
 * What Compute says of one instance of a group.
 *
 * @param path {@code projects/P/zones/Z/instances/I}
 * @param id Compute's number of the machine: one that is made anew under its name has another; null
 *     while there is no machine (reference of {@code ManagedInstance})
 * @param template of its intended version; {@link TemplatePath#NONE} while it is being deleted
 * @param status whether it runs
 * @param action what the group does with it
 * @param health what the autohealing check says
 * @param lastError why it could not be made the last time, as {@code CODE: message}, or null
 */
public record Instance(
    String path,
    @Nullable String id,
    TemplatePath template,
    Status status,
    Action action,
    Health health,
    @Nullable String lastError) {

  /** Its name, the path's last part. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Whether its status is RUNNING. */
  public boolean running() {
    return status == Status.RUNNING;
  }

  /** Whether the group has nothing to do with it. */
  public boolean settled() {
    return action == Action.NONE;
  }

  /** Whether the check fails while the instance runs; one that is shut down cannot answer. */
  public boolean failsCheck() {
    return running() && health == Health.UNHEALTHY;
  }

  /** What the instance does, by its {@code instanceStatus}. */
  public enum Status {
    /** RUNNING. */
    RUNNING,
    /** Stopped or suspended, or about to be, and the group leaves it so. */
    ASLEEP,
    /** Anything else. */
    OTHER
  }

  /** What the group does with it, by its {@code currentAction}. */
  public enum Action {
    /** Nothing. */
    NONE,
    /** It waits until the health check passes for the first time. */
    VERIFYING,
    /** It is made anew under its name. */
    RECREATING,
    /** It is deleted, or taken out of the group, once its connections are drained. */
    DELETING,
    /** Anything else. */
    OTHER
  }

  /** The health check's answer. */
  public enum Health {
    /** The check passes. */
    HEALTHY,
    /** The check fails or times out. */
    UNHEALTHY,
    /** Nothing is known. */
    UNKNOWN
  }
}
