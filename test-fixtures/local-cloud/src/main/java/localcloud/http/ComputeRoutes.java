package localcloud.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import localcloud.compute.ApiAnswer;
import localcloud.compute.ApiCall;
import localcloud.compute.ComputeApi;
import org.jspecify.annotations.Nullable;

/** Serves {@code /compute/v1/} and {@code /batch/compute/v1} on the JDK's server. */
public final class ComputeRoutes implements HttpHandler {
  private final ComputeApi api;
  private final UnknownRoutes unknown;

  /** Notes in {@code unknown} whatever is asked for and is not there. */
  public ComputeRoutes(ComputeApi api, UnknownRoutes unknown) {
    this.api = api;
    this.unknown = unknown;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      ApiAnswer answer = answer(call(exchange));
      answer.unknown().forEach(asked -> unknown.add(asked.verb(), asked.path()));
      write(exchange, answer);
    }
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

  private static ApiCall call(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    if ("gzip".equalsIgnoreCase(header(exchange, "Content-Encoding"))) {
      body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
    }
    // google-cloud-compute sends PATCH as POST with this header.
    String override = header(exchange, "X-HTTP-Method-Override");
    String verb = override.isEmpty() ? exchange.getRequestMethod() : override;
    return new ApiCall(
        verb.toUpperCase(Locale.ROOT),
        exchange.getRequestURI().getRawPath(),
        orEmpty(exchange.getRequestURI().getRawQuery()),
        header(exchange, "Content-Type"),
        body);
  }

  private static void write(HttpExchange exchange, ApiAnswer answer) throws IOException {
    if (!answer.contentType().isEmpty()) {
      exchange.getResponseHeaders().set("Content-Type", answer.contentType());
    }
    boolean empty = answer.body().length == 0;
    exchange.sendResponseHeaders(answer.status(), empty ? -1 : answer.body().length);
    if (!empty) {
      exchange.getResponseBody().write(answer.body());
    }
  }

  private static String header(HttpExchange exchange, String name) {
    return orEmpty(exchange.getRequestHeaders().getFirst(name));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
