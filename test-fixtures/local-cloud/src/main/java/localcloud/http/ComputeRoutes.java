package localcloud.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import localcloud.access.Access;
import localcloud.access.Caller;
import localcloud.compute.ApiAnswer;
import localcloud.compute.ApiCall;
import localcloud.compute.ComputeApi;
import localcloud.world.refusals.ApiException;

/** Serves {@code /compute/v1/} and {@code /batch/compute/v1} on the JDK's server. */
public final class ComputeRoutes implements HttpHandler {
  private static final String BATCH = "/batch/compute/v1";

  private final ComputeApi api;
  private final UnknownRoutes unknown;
  private final Access access;
  private final Interference interference;

  /** Notes in {@code unknown} whatever is asked for and is not there. */
  public ComputeRoutes(
      ComputeApi api, UnknownRoutes unknown, Access access, Interference interference) {
    this.api = api;
    this.unknown = unknown;
    this.access = access;
    this.interference = interference;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      answer(Request.of(exchange)).send(exchange);
    }
  }

  private Answer answer(Request request) throws IOException {
    try {
      // gcloud sends two or more calls of one command as a batch.
      return request.path().equals(BATCH)
          ? Batch.answer(request, each -> interference.around(each, this::one))
          : interference.around(request, this::one);
    } catch (ApiException malformed) {
      return Answer.of(malformed);
    }
  }

  private Answer one(Request request) throws IOException {
    Caller caller;
    try {
      caller = access.caller(request.header("Authorization"));
    } catch (ApiException nobody) {
      return Answer.of(nobody);
    }
    byte[] body = request.content().readAllBytes();
    ApiCall call = new ApiCall(request.method(), request.path(), request.query(), body, caller);
    ApiAnswer answer = answer(call);
    answer.unknown().ifPresent(what -> unknown.add(call.verb(), call.path() + " (" + what + ")"));
    return FieldMask.apply(request, Answer.json(answer.status(), answer.json()));
  }

  /** A fault of the local cloud itself must reach both the caller and whoever runs it. */
  private ApiAnswer answer(ApiCall call) {
    try {
      return api.answer(call);
    } catch (RuntimeException fault) {
      fault.printStackTrace();
      return ApiAnswer.fault(call.verb() + " " + call.path() + ": " + fault);
    }
  }
}
