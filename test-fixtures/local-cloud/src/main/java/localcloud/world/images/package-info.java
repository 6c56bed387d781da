/** Images, and their import from tarballs. */
package localcloud.world.images;
