package slipway.fault;

import java.util.List;

/** A fault of the settings or of the cloud's own configuration: the operator mends it. */
public final class Misconfigured extends Fault {
  private static final long serialVersionUID = 1L;

  /**
   * Tells all that is wrong at once, a sentence each, so that it can be mended in one go.
   *
   * @param code the stable reason, lower case with hyphens
   * @param findings what was looked at, with what was expected and found; at least one
   * @param nextStep what mends it, a command where there is one
   */
  public Misconfigured(String code, List<Finding> findings, String nextStep) {
    super(code, Finding.sentences(findings), nextStep);
  }
}
