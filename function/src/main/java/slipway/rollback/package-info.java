/** Puts the groups of a target back to what they last ran well. */
package slipway.rollback;
