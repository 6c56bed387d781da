package slipway.gcp;

import com.google.api.gax.httpjson.HttpJsonCallContext;
import com.google.api.gax.rpc.ApiCallContext;
import com.google.api.gax.rpc.DeadlineExceededException;
import com.google.cloud.compute.v1.Errors;
import com.google.cloud.compute.v1.Operation;
import com.google.cloud.compute.v1.WaitGlobalOperationRequest;
import com.google.cloud.compute.v1.WaitRegionOperationRequest;
import com.google.cloud.compute.v1.WaitZoneOperationRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import slipway.fault.OperationFailed;
import slipway.time.CallOver;
import slipway.time.CallTime;
import slipway.time.RunningTime;

/**
 * Waits for Compute's operations with their {@code wait} method, which answers as soon as one is
 * done and after two minutes at the latest; that is longer than a lease lasts, so that the request
 * is given up and sent again before. The clients' own futures poll with a growing delay and return
 * as if all were well when a failed operation carries no HTTP status.
 */
final class Operations {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

  private final Clients clients;
  private final String project;
  private final CallTime time;
  private final ApiCallContext patience;

  /**
   * Waits in this call.
   *
   * @param clock how long cloud time takes
   */
  Operations(Clients clients, String project, CallTime time, RunningTime clock) {
    Duration longest = clock.onTheSystem(LONGEST_WAIT);
    this.patience = HttpJsonCallContext.createDefault().withTimeoutDuration(longest);
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
  void await(Operation started) throws IOException, CallOver {
    Operation operation = started;
    Duration pause = Duration.ZERO;
    while (operation.getStatus() != Operation.Status.DONE) {
      time.sleep(pause);
      Instant asked = time.now();
      operation = look(operation);
      // The method may answer at once all the same, and is then not asked again at once.
      pause = BETWEEN_LOOKS.minus(Duration.between(asked, time.now()));
    }
    requireSuccess(operation);
  }

  private Operation look(Operation operation) {
    return Refusal.guardRead(
        "operation " + operation.getName(),
        () -> time.left().compareTo(LONGEST_WAIT) > 0 ? waitFor(operation) : get(operation));
  }

  private Operation waitFor(Operation operation) {
    try {
      return waitPatiently(operation);
    } catch (DeadlineExceededException notYet) {
      return operation;
    }
  }

  private Operation waitPatiently(Operation operation) {
    String name = operation.getName();
    if (operation.hasZone()) {
      WaitZoneOperationRequest request =
          WaitZoneOperationRequest.newBuilder()
              .setProject(project)
              .setZone(lastPart(operation.getZone()))
              .setOperation(name)
              .build();
      return clients.zoneOperations().waitCallable().call(request, patience);
    }
    if (operation.hasRegion()) {
      WaitRegionOperationRequest request =
          WaitRegionOperationRequest.newBuilder()
              .setProject(project)
              .setRegion(lastPart(operation.getRegion()))
              .setOperation(name)
              .build();
      return clients.regionOperations().waitCallable().call(request, patience);
    }
    WaitGlobalOperationRequest request =
        WaitGlobalOperationRequest.newBuilder().setProject(project).setOperation(name).build();
    return clients.globalOperations().waitCallable().call(request, patience);
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
    if (operation.getError().getErrorsCount() > 0) {
      Errors first = operation.getError().getErrors(0);
      throw new OperationFailed(
          first.getCode(), first.getMessage(), operation.getHttpErrorStatusCode());
    }
    if (hasFailed(operation)) {
      int status = operation.getHttpErrorStatusCode();
      throw new OperationFailed("HTTP_" + status, operation.getHttpErrorMessage(), status);
    }
  }

  /** Whether it has ended, and not well. */
  static boolean hasFailed(Operation operation) {
    return operation.getError().getErrorsCount() > 0 || operation.getHttpErrorStatusCode() >= 400;
  }

  static String lastPart(String url) {
    return url.substring(url.lastIndexOf('/') + 1);
  }
}
