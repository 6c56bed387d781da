/**
 * Finalize events, their delivery until the function has taken them, and the function's processes.
 */
package localcloud.events;
