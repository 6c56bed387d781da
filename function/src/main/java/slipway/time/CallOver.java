package slipway.time;

/** This call stops here; a later one goes on with the deployment. */
public final class CallOver extends Exception {
  private static final long serialVersionUID = 1L;

  private final Why why;

  private CallOver(String message, Why why) {
    super(message);
    this.why = why;
  }

  /** Why a call stops. */
  public enum Why {
    /** Its time is used: the deployment is handed off to a further call. */
    TIME_USED,
    /** Another call works on the deployment: the event of this one is delivered again. */
    TAKEN,
    /** The deployment waits for somebody and takes no call meanwhile: a sweep goes on with it. */
    WAITING
  }

  static CallOver timeUsed() {
    return new CallOver(
        "this call's time is used up; the deployment goes on in the next one", Why.TIME_USED);
  }

  /**
   * Another call works on the deployment.
   *
   * @param message how this call found out, a whole sentence
   */
  public static CallOver taken(String message) {
    return new CallOver(message, Why.TAKEN);
  }

  /**
   * The deployment waits, and takes no call meanwhile.
   *
   * @param message for what, a whole sentence
   */
  public static CallOver waiting(String message) {
    return new CallOver(message, Why.WAITING);
  }

  public Why why() {
    return why;
  }
}
