package slipway.deployment;

import java.util.Objects;
import slipway.audit.Audit;
import slipway.fault.Misconfigured;
import slipway.record.DeploymentRecord;
import slipway.record.OpenMarkers;
import slipway.record.Records;
import slipway.time.CallTime;
import slipway.upload.Upload;

/**
 * What one call of the function works with.
 *
 * @param records where the records are
 * @param open where it stands which of them are open
 * @param handoffs where the notes to further calls go
 * @param orders what people ask of targets
 * @param audit the log
 * @param time what the call has left of its time
 * @param call the call's name, unlike any other's: it owns the leases that the call takes
 */
public record CallContext(
    Records records,
    OpenMarkers open,
    Handoffs handoffs,
    Orders orders,
    Audit audit,
    CallTime time,
    String call) {

  /**
   * Marks a deployment as open: it may have lost its marker. One whose marker may not be written
   * goes on all the same, since its record has to tell that.
   */
  void mark(DeploymentRecord record) {
    try {
      Upload upload = record.upload().asUpload();
      open.put(record.id(), upload.object(), upload.generation());
    } catch (Misconfigured refused) {
      // The target's state cannot be read either, and the deployment ends with what that says.
    }
  }

  /** Takes an ended deployment's mark away; what refuses that is left for the sweep to meet. */
  void unmark(DeploymentRecord record) {
    try {
      open.remove(record.id());
    } catch (Misconfigured refused) {
      // As above.
    }
  }

  /** Whether another deployment of this one's target has not come to its end yet. */
  boolean isBesideAnother(DeploymentRecord record) {
    return open.of(Objects.requireNonNull(record.target())).stream()
        .filter(marker -> !marker.deployment().equals(record.id()))
        .flatMap(marker -> records.find(marker.object(), marker.generation()).stream())
        .map(Records.Stored::record)
        .anyMatch(other -> !other.stage().isTerminal() && !other.upload().asUpload().isPlan());
  }
}
