/** The local cloud put together: its data folder, doors, function, and version 1 in its group. */
package localcloud.assembly;
