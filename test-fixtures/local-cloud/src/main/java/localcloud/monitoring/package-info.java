/** Cloud Monitoring: alert policies on what passes the load balancer, as late as Google's. */
package localcloud.monitoring;
