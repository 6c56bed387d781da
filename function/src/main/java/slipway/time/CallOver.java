package slipway.time;

/** The call must stop here; another one goes on with its deployment. */
public final class CallOver extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean taken;

  private CallOver(String message, boolean taken) {
    super(message);
    this.taken = taken;
  }

  static CallOver timeUsed() {
    return new CallOver("the call's time is used, the deployment goes on in the next one", false);
  }

  /** Another call works on the deployment by now. */
  public static CallOver taken(String message) {
    return new CallOver(message, true);
  }

  /** Whether another call works on the deployment by now. */
  public boolean isTaken() {
    return taken;
  }
}
