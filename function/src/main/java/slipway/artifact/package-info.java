/** Proves an upload: one streaming pass in constant memory, before anything is made of it. */
package slipway.artifact;
