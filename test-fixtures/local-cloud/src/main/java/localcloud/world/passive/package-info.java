/** What stands around a load balancer and a firewall, kept and handed back. */
package localcloud.world.passive;
