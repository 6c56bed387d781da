package slipway.rollout;

/** The group was found to run something else well than when its template was cloned. */
public final class Outdated extends Exception {
  private static final long serialVersionUID = 1L;

  private final String lastGood;

  Outdated(String lastGood) {
    super(lastGood + " has come to a good end meanwhile");
    this.lastGood = lastGood;
  }

  /** The template that the group runs well now. */
  public String lastGood() {
    return lastGood;
  }
}
