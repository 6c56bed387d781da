/**
 * Machines that boot disks: processes of QEMU, and simulated ones that behave as their disk says.
 */
package localcloud.machines;
