package localcloud.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import localcloud.faults.BadFaults;
import localcloud.faults.Faults;
import localcloud.world.refusals.ApiException;

/**
 * {@code /_local/faults}: GET tells the rules and what they struck, PUT replaces, DELETE clears.
 */
public final class FaultRoutes implements HttpHandler {
  /** Where it is served. */
  public static final String PATH = "/_local/faults";

  private final Faults faults;

  /** Takes the faults that are set. */
  public FaultRoutes(Faults faults) {
    this.faults = faults;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    switch (exchange.getRequestMethod()) {
      case "GET" -> {}
      case "PUT" -> replace(exchange);
      case "DELETE" -> faults.clear();
      default ->
          throw new ApiException(
              405,
              "methodNotAllowed",
              PATH + ": expected GET, PUT or DELETE, found " + exchange.getRequestMethod());
    }
    Replies.json(exchange, 200, faults.report());
  }

  private void replace(HttpExchange exchange) throws IOException {
    byte[] json = exchange.getRequestBody().readAllBytes();
    try {
      faults.replace(new String(json, StandardCharsets.UTF_8));
    } catch (BadFaults bad) {
      throw new ApiException(400, "invalid", bad.sentence());
    }
  }
}
