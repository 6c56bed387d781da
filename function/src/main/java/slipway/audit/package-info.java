/** Writes the log in Cloud Logging's structured form. A leaf: imports no stage. */
package slipway.audit;
