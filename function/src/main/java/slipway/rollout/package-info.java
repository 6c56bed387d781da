/** Tells a group to run the new template, unless a later upload or a person was there first. */
package slipway.rollout;
