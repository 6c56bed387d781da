package localcloud.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.function.Function;
import localcloud.access.Access;
import localcloud.compute.ApiAnswer;
import localcloud.compute.ApiCall;
import localcloud.world.refusals.ApiException;

/**
 * Serves one of the newer APIs, whose errors have a status, on the JDK's server: Cloud Monitoring
 * and Cloud Logging.
 */
public final class StatusRoutes implements HttpHandler {
  private final Function<ApiCall, ApiAnswer> api;
  private final UnknownRoutes unknown;
  private final Access access;
  private final Interference interference;

  /** Notes in {@code unknown} whatever is asked for and is not there. */
  public StatusRoutes(
      Function<ApiCall, ApiAnswer> api,
      UnknownRoutes unknown,
      Access access,
      Interference interference) {
    this.api = api;
    this.unknown = unknown;
    this.access = access;
    this.interference = interference;
  }

  /** In the envelope that this API has. */
  static Answer refused(ApiException refusal) {
    return Answer.json(refusal.code(), refusal.statusEnvelope());
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      interference.around(Request.of(exchange), this::answer).send(exchange);
    }
  }

  private Answer answer(Request request) throws IOException {
    byte[] body = request.content().readAllBytes();
    try {
      ApiCall call =
          new ApiCall(
              request.method(),
              request.path(),
              request.query(),
              body,
              access.caller(request.header("Authorization")));
      ApiAnswer answer = api.apply(call);
      answer.unknown().ifPresent(what -> unknown.add(call.verb(), call.path() + " (" + what + ")"));
      return FieldMask.apply(request, Answer.json(answer.status(), answer.json()));
    } catch (ApiException nobody) {
      return refused(nobody);
    }
  }
}
