/** Google's services behind the stages' ports; only {@code Wiring} knows this package. */
package slipway.gcp;
