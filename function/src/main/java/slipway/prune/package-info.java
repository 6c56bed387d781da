/** Lets go of images and templates that nothing can need any more. */
package slipway.prune;
