/**
 * Managed instance groups: what each shall be, its instances, and what it does to bring the two
 * together.
 */
package localcloud.world.groups;
