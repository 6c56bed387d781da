/** The time that a call has, and how it waits. A leaf: imports no stage. */
package slipway.time;
