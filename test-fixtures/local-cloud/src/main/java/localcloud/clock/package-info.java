/** Cloud time, which may run faster than the clock and is kept from run to run. */
package localcloud.clock;
