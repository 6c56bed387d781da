package slipway.fault;

import java.util.List;

/** A fault of the upload: the uploader mends it and uploads again. */
public final class Rejection extends Fault {
  private static final long serialVersionUID = 1L;

  /**
   * Names the thing, what was expected and what was found in one sentence.
   *
   * @param code the stable reason, lower case with hyphens
   * @param finding what was looked at, in the uploader's words, with what was expected and found
   * @param nextStep what mends it, a command where there is one
   */
  public Rejection(String code, Finding finding, String nextStep) {
    this(code, List.of(finding), nextStep);
  }

  /** The same with several findings, a sentence each. */
  public Rejection(String code, List<Finding> findings, String nextStep) {
    super(code, Finding.sentences(findings), nextStep);
  }
}
