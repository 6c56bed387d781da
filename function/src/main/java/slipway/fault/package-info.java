/** Who must act when a deployment cannot go on. A leaf: imports no stage. */
package slipway.fault;
