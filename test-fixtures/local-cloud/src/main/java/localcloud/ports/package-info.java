/** Ports of the loopback address, and how connections to them are taken and kept. */
package localcloud.ports;
