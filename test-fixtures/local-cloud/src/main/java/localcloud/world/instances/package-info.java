/**
 * Instances, and the machines behind them: how one is switched on, asked for its health and
 * stopped.
 */
package localcloud.world.instances;
