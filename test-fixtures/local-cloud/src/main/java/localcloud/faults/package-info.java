/**
 * What goes wrong by order: calls, operations, creations, machines and deliveries, repeatable by a
 * seed.
 */
package localcloud.faults;
