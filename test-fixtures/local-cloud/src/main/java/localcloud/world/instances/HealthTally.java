package localcloud.world.instances;

import com.google.cloud.compute.v1.HealthCheck;

/** Counts a health check's replies in a row. */
public final class HealthTally {
  /** ManagedInstanceInstanceHealth.detailedHealthState, but for DRAINING, which is no reply. */
  public enum State {
    UNKNOWN,
    HEALTHY,
    UNHEALTHY,
    TIMEOUT;

    /** Whether the machine has been found wanting; unknown is not. */
    public boolean bad() {
      return this == UNHEALTHY || this == TIMEOUT;
    }
  }

  private State state = State.UNKNOWN;
  private boolean last;
  private boolean asked;
  private int inRow;

  /** Notes that a question is put; false while an earlier one has no reply. */
  public boolean ask() {
    boolean free = !asked;
    asked = true;
    return free;
  }

  /** Adds one reply; failures of both kinds count together, and the last one gives the state. */
  public void add(Machine.Reply reply, HealthCheck check) {
    asked = false;
    boolean good = reply == Machine.Reply.GOOD;
    inRow = good == last ? inRow + 1 : 1;
    last = good;
    if (inRow >= (good ? check.getHealthyThreshold() : check.getUnhealthyThreshold())) {
      state =
          switch (reply) {
            case GOOD -> State.HEALTHY;
            case BAD -> State.UNHEALTHY;
            case NONE -> State.TIMEOUT;
          };
    }
  }

  public State state() {
    return state;
  }
}
