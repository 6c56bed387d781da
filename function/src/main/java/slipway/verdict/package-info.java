/** Watches the group and judges: still going, good, bad, or cannot tell. */
package slipway.verdict;
