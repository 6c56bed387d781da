/**
 * What changes as time passes: operations, the schedule that they end by, and what all resources
 * share.
 */
package localcloud.world.operations;
