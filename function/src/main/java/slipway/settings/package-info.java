/** What the operator sets, read once and checked as a whole. A leaf: imports no stage. */
package slipway.settings;
