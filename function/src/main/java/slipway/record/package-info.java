/** Remembers where a deployment stands, and tells the log each step once. */
package slipway.record;
