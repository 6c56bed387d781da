package slipway.rollout;

import org.jspecify.annotations.Nullable;

/**
 * What Compute says of one instance of a group.
 *
 * @param name its name
 * @param templatePath the template of its intended version; empty while it is deleted
 * @param running whether its status is RUNNING
 * @param settled whether the group has nothing to do with it ({@code currentAction} NONE)
 * @param health what the autohealing check says
 * @param lastError why it could not be made the last time, as {@code CODE: message}, or null
 */
public record Instance(
    String name,
    String templatePath,
    boolean running,
    boolean settled,
    Health health,
    @Nullable String lastError) {

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
