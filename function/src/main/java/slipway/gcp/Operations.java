package slipway.gcp;

import com.google.cloud.compute.v1.Error;
import com.google.cloud.compute.v1.Errors;
import com.google.cloud.compute.v1.Operation;
import java.time.Duration;
import slipway.fault.OperationFailed;
import slipway.time.CallOver;
import slipway.time.CallTime;

/**
 * Waits for Compute's operations with their {@code wait} method, which answers as soon as one is
 * done and after two minutes at the latest. The clients' own futures poll with a growing delay and
 * return as if all were well when a failed operation carries no HTTP status.
 */
final class Operations {
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

  private final Clients clients;
  private final String project;
  private final CallTime time;

  Operations(Clients clients, String project, CallTime time) {
    this.clients = clients;
    this.project = project;
    this.time = time;
  }

  /**
   * Returns when the operation is done.
   *
   * @param started with its name, and its zone or region if it has one
   * @throws OperationFailed with the operation's own first error
   */
  void await(Operation started) throws OperationFailed, CallOver, InterruptedException {
    Operation operation = started;
    if (operation.getStatus() != Operation.Status.DONE) {
      operation = look(operation);
    }
    while (operation.getStatus() != Operation.Status.DONE) {
      // The method may answer at once all the same, so that a pause is needed.
      time.sleep(BETWEEN_LOOKS);
      operation = look(operation);
    }
    requireSuccess(operation);
  }

  private Operation look(Operation operation) {
    return Refusal.guardRead(
        "operation " + operation.getName(),
        () -> time.left().compareTo(LONGEST_WAIT) > 0 ? waitFor(operation) : get(operation));
  }

  private Operation waitFor(Operation operation) {
    String name = operation.getName();
    if (operation.hasZone()) {
      return clients.zoneOperations().wait(project, lastPart(operation.getZone()), name);
    }
    return operation.hasRegion()
        ? clients.regionOperations().wait(project, lastPart(operation.getRegion()), name)
        : clients.globalOperations().wait(project, name);
  }

  private Operation get(Operation operation) {
    String name = operation.getName();
    if (operation.hasZone()) {
      return clients.zoneOperations().get(project, lastPart(operation.getZone()), name);
    }
    return operation.hasRegion()
        ? clients.regionOperations().get(project, lastPart(operation.getRegion()), name)
        : clients.globalOperations().get(project, name);
  }

  private static void requireSuccess(Operation operation) throws OperationFailed {
    Error error = operation.getError();
    if (error.getErrorsCount() > 0) {
      Errors first = error.getErrors(0);
      throw new OperationFailed(first.getCode(), first.getMessage());
    }
    if (operation.getHttpErrorStatusCode() >= 400) {
      throw new OperationFailed(
          "HTTP_" + operation.getHttpErrorStatusCode(), operation.getHttpErrorMessage());
    }
  }

  static String lastPart(String url) {
    return url.substring(url.lastIndexOf('/') + 1);
  }
}
