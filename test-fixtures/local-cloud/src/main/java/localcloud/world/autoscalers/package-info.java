/** Autoscalers, which set a group's size by the load on its machines. */
package localcloud.world.autoscalers;
