package slipway.fault;

/** A fault of the settings or of the cloud's own configuration: the operator mends it. */
public final class Misconfigured extends Fault {
  private static final long serialVersionUID = 1L;

  /**
   * Names the thing, what was expected and what was found in one sentence.
   *
   * @param code the stable reason, lower case with hyphens
   * @param finding what was looked at, with what was expected and found
   * @param nextStep what mends it, a command where there is one
   */
  public Misconfigured(String code, Finding finding, String nextStep) {
    super(code, finding.sentence(), nextStep);
  }
}
