package slipway.gcp;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import slipway.fault.OperationFailed;
import slipway.time.CallOver;
import slipway.time.CallTime;
import slipway.time.RunningTime;

/**
 * Waits for Compute's operations with their {@code wait} method, which answers as soon as one is
 * done and after two minutes at the latest; that is longer than a lease lasts, so that the request
 * is given up and sent again before.
 */
final class Operations {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

  private final RawCalls calls;
  private final String project;
  private final CallTime time;
  private final Duration patience;

  /**
   * Waits in this call.
   *
   * @param clock how long cloud time takes
   */
  Operations(RawCalls calls, String project, CallTime time, RunningTime clock) {
    this.patience = clock.onTheSystem(LONGEST_WAIT);
    this.calls = calls;
    this.project = project;
    this.time = time;
  }

  /**
   * Returns when the operation is done.
   *
   * @param started with its name, and its zone or region if it has one
   * @throws OperationFailed with the operation's own first error
   */
  void await(JsonObject started) throws IOException, CallOver {
    JsonObject operation = started;
    Duration pause = Duration.ZERO;
    while (!Json.text(operation, "status").equals("DONE")) {
      time.sleep(pause);
      Instant asked = time.now();
      operation = look(operation);
      // The method may answer at once all the same, and is then not asked again at once.
      pause = BETWEEN_LOOKS.minus(Duration.between(asked, time.now()));
    }
    requireSuccess(operation);
  }

  private JsonObject look(JsonObject operation) throws IOException {
    String path = path(operation);
    try {
      Optional<JsonObject> found =
          time.left().compareTo(LONGEST_WAIT) > 0
              ? calls.await(path + "/wait", patience)
              : calls.get(path);
      return found.orElseThrow(() -> new IOException(path + " is gone"));
    } catch (SocketTimeoutException notYet) {
      return operation;
    }
  }

  private String path(JsonObject operation) {
    String zone = Json.last(Json.text(operation, "zone"));
    String region = Json.last(Json.text(operation, "region"));
    String place =
        !zone.isEmpty() ? "zones/" + zone : !region.isEmpty() ? "regions/" + region : "global";
    return "projects/" + project + "/" + place + "/operations/" + Json.text(operation, "name");
  }

  private static void requireSuccess(JsonObject operation) throws OperationFailed {
    int status = Json.number(operation, "httpErrorStatusCode");
    List<JsonObject> errors = errors(operation);
    if (!errors.isEmpty()) {
      JsonObject first = errors.get(0);
      throw new OperationFailed(Json.text(first, "code"), Json.text(first, "message"), status);
    }
    if (hasFailed(operation)) {
      String message = Json.text(operation, "httpErrorMessage");
      throw new OperationFailed("HTTP_" + status, message, status);
    }
  }

  /** Whether it has ended, and not well. */
  static boolean hasFailed(JsonObject operation) {
    return !errors(operation).isEmpty() || Json.number(operation, "httpErrorStatusCode") >= 400;
  }

  private static List<JsonObject> errors(JsonObject operation) {
    return Json.objects(Json.at(operation, "error"), "errors");
  }
}
