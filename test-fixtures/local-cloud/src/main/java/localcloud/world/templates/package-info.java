/** Instance templates, global and of regions. */
package localcloud.world.templates;
