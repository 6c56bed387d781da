/** Google's refusals and failures, as its JSON tells them. */
package localcloud.world.refusals;
