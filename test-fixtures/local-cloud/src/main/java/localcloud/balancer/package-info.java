/**
 * The load balancer before the instances that serve, what passed through it, and load to put on it.
 */
package localcloud.balancer;
