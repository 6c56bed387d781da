/** Makes tarballs of every kind, good and bad, for the tests and for trying Slipway by hand. */
package tarballs;
