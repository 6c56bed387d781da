/** What is stored of a deployment: the record's schema, its JSON form and its bucket. */
package slipway.record;
