package slipway.time;

/** The call has used its time; its event is delivered again and the next call goes on from here. */
public final class CallOver extends Exception {
  private static final long serialVersionUID = 1L;

  CallOver() {
    super("the call's time is over; its event will be delivered again and the work goes on then");
  }
}
