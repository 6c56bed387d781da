package slipway.audit;

/** Cloud Logging's severities that Slipway uses. */
public enum Severity {
  /** A step went as it should. */
  INFO,
  /** A normal but notable end. */
  NOTICE,
  /** The uploader must act. */
  WARNING,
  /** The operator must act. */
  ERROR,
  /** A person must look now. */
  ALERT
}
