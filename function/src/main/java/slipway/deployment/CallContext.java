package slipway.deployment;

import slipway.audit.Audit;
import slipway.record.Records;
import slipway.time.CallTime;

/**
 * What one call of the function works with.
 *
 * @param records where the records are
 * @param handoffs where the notes to further calls go
 * @param orders what people ask of targets
 * @param audit the log
 * @param time what the call has left of its time
 * @param call the call's name, unlike any other's: it owns the leases that the call takes
 */
public record CallContext(
    Records records, Handoffs handoffs, Orders orders, Audit audit, CallTime time, String call) {}
