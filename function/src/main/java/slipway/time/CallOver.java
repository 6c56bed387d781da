package slipway.time;

/** The call must stop here; another one goes on with its deployment. */
public final class CallOver extends Exception {
  private static final long serialVersionUID = 1L;

  private final Why why;

  private CallOver(String message, Why why) {
    super(message);
    this.why = why;
  }

  /** Why a call stops. */
  public enum Why {
    /** Its time is used: the deployment is handed on. */
    TIME_USED,
    /** Another call works on the deployment by now. */
    TAKEN,
    /** An operator holds the target: the sweep goes on with the deployment, again and again. */
    ON_HOLD
  }

  static CallOver timeUsed() {
    return new CallOver(
        "the call's time is used, the deployment goes on in the next one", Why.TIME_USED);
  }

  /** Another call works on the deployment by now. */
  public static CallOver taken(String message) {
    return new CallOver(message, Why.TAKEN);
  }

  /** An operator holds the target. */
  public static CallOver onHold(String hold) {
    return new CallOver("on hold by " + hold, Why.ON_HOLD);
  }

  /** Why the call stops. */
  public Why why() {
    return why;
  }
}
