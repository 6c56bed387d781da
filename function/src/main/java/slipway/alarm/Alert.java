package slipway.alarm;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What Cloud Monitoring opens when a policy's conditions are met.
 *
 * @param name {@code projects/P/alerts/A}
 * @param policy the id of its policy
 * @param policyName what the policy was called then, for people
 * @param openedAt when it was opened
 * @param closedAt when it was closed, or null while it is open
 */
public record Alert(
    String name, String policy, String policyName, Instant openedAt, @Nullable Instant closedAt) {

  /** Whether it was open at this instant or later. */
  public boolean isOpenSince(Instant instant) {
    return closedAt == null || !closedAt.isBefore(instant);
  }
}
