/** Clones the group's template for the new image, as raw JSON. */
package slipway.template;
