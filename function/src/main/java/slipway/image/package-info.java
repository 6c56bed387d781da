/** Makes the image from a private copy of what was proven, and lets its family mean it. */
package slipway.image;
