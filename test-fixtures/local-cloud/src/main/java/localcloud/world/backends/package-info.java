/** Backend services: which instances are healthy, and where a load balancer may send requests. */
package localcloud.world.backends;
