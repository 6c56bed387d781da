package localcloud.world;

/** Counts a health check's answers in a row. */
final class HealthTally {
  /** ManagedInstanceInstanceHealth.detailedHealthState, as far as the local cloud tells them. */
  enum State {
    UNKNOWN,
    HEALTHY,
    UNHEALTHY
  }

  private State state = State.UNKNOWN;
  private boolean last;
  private int inRow;

  /**
   * Adds one answer.
   *
   * @param needed how many of its kind in a row change the state
   */
  void add(boolean good, int needed) {
    inRow = good == last ? inRow + 1 : 1;
    last = good;
    if (inRow >= needed) {
      state = good ? State.HEALTHY : State.UNHEALTHY;
    }
  }

  State state() {
    return state;
  }
}
