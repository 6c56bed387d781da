/** What was uploaded, read from its event. */
package slipway.upload;
