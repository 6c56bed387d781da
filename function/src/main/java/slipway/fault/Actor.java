package slipway.fault;

/** Who acts on a refusal of Google's. */
public enum Actor {
  /** Nobody: it passes, and the function asks again. */
  RETRY,
  /** Whoever runs the function: settings, permissions, policies, quota. */
  OPERATOR,
  /** Whoever uploaded the tarball. */
  UPLOADER,
  /**
   * The operator, though no row of the table names the refusal: while nothing was patched the
   * deployment ends by it, afterwards it is asked again until the progress deadline.
   */
  OPERATOR_UNNAMED
}
