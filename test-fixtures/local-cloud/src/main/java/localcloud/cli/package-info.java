/** The local cloud's commands: up, env, down. */
package localcloud.cli;
