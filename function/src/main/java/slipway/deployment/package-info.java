/** One deployment while a call works on it: its lease, its hand-offs and its steps. */
package slipway.deployment;
