/** What was started outside this program, so that it can be ended whatever becomes of this one. */
package localcloud.processes;
