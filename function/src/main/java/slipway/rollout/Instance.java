package slipway.rollout;

import org.jspecify.annotations.Nullable;
import slipway.settings.TemplatePath;

/**
 * What Compute says of one instance of a group.
 *
 * @param path {@code projects/P/zones/Z/instances/I}
 * @param template of its intended version; {@link TemplatePath#NONE} while it is being deleted
 * @param running whether its status is RUNNING
 * @param settled whether the group has nothing to do with it ({@code currentAction} NONE)
 * @param recreating whether it is being made anew under its name
 * @param health what the autohealing check says
 * @param lastError why it could not be made the last time, as {@code CODE: message}, or null
 */
public record Instance(
    String path,
    TemplatePath template,
    boolean running,
    boolean settled,
    boolean recreating,
    Health health,
    @Nullable String lastError) {

  /** Its name, the path's last part. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
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
