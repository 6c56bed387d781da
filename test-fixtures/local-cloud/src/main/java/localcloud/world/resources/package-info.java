/** What all kinds of resources have: names, fingerprints, sizes, and collections to be found in. */
package localcloud.world.resources;
