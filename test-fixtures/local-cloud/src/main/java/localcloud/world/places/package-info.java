/** Zones, regions, what is in them, and the links that name a resource in its place. */
package localcloud.world.places;
