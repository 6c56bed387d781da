/**
 * Compute Engine's methods: a request's path, parameters and JSON body to the world and back,
 * without HTTP.
 */
package localcloud.compute;
