/** Health checks, their defaults and limits. */
package localcloud.world.healthchecks;
