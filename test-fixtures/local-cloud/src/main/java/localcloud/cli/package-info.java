/** The local cloud's commands: up, env, down, and the demo. */
package localcloud.cli;
