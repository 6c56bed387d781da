/**
 * One project of Compute Engine. Each kind of resource has its package; {@link World} joins them
 * and lets one thing happen at a time.
 */
package localcloud.world;
