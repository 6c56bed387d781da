/**
 * The function: an event comes in, {@link slipway.Deployer} tells the whole story, a record goes
 * out.
 */
package slipway;
