package localcloud.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import localcloud.world.refusals.ApiException;
import org.jspecify.annotations.Nullable;

/** Finds the handler of a request, and answers for it when it refuses or fails. */
final class FrontDoor implements HttpHandler {
  private static final String LOCAL_HOST = "(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?";

  /** A browser takes it for this computer's, or for Google's: no stranger has a page there. */
  private static final Pattern BUCKETS_HOST =
      Pattern.compile("(?:([^:]+)\\.localhost|([^:]+)\\.storage\\.googleapis\\.com)(:\\d+)?");

  private final TreeMap<String, HttpHandler> routes;
  private final UnknownRoutes unknown;

  FrontDoor(Map<String, HttpHandler> routes, UnknownRoutes unknown) {
    this.routes = new TreeMap<>(routes);
    this.unknown = unknown;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    serve(exchange);
    exchange.close();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try {
      refuseStrangers(exchange.getRequestHeaders());
      handlerOf(exchange).handle(exchange);
    } catch (ApiException refusal) {
      refuse(exchange, refusal);
    } catch (Cut cut) {
      // The server ends the connection of a handler that throws.
      throw cut;
    } catch (IOException | RuntimeException failure) {
      if (exchange.getResponseCode() != -1) {
        // Headers are out: only a broken connection still tells the client that something failed.
        throw failure;
      }
      failure.printStackTrace();
      refuse(exchange, new ApiException(500, "backendError", "Local cloud: " + failure));
    }
  }

  /** Whoever sends no token is the owner: no web page in the user's browser may be that. */
  private static void refuseStrangers(Headers headers) {
    String host = headers.getFirst("Host");
    if (host == null || !(host.matches(LOCAL_HOST) || bucket(host).isPresent())) {
      throw forbidden(
          "The local cloud answers to localhost, 127.0.0.1 and [::1] only, and was asked as '%s':"
              + " use one of these names",
          host);
    }
    // Programs send none; a browser sends it with whatever could change anything.
    String origin = headers.getFirst("Origin");
    if (origin != null && !origin.matches("https?://\\Q" + host + "\\E")) {
      throw forbidden(
          "The local cloud takes no calls from the web page %s: call it from a program, which sends"
              + " no Origin header",
          origin);
    }
  }

  /**
   * The bucket that a host name stands for, as in {@code BUCKET.storage.googleapis.com} (Google's
   * page "Request endpoints"), and in front of localhost.
   */
  static Optional<String> bucket(String host) {
    Matcher matcher = BUCKETS_HOST.matcher(host);
    return matcher.matches()
        ? Optional.ofNullable(matcher.group(1)).or(() -> Optional.of(matcher.group(2)))
        : Optional.empty();
  }

  private static ApiException forbidden(String sentence, @Nullable String found) {
    return new ApiException(403, "forbidden", String.format(Locale.ROOT, sentence, found));
  }

  private HttpHandler handlerOf(HttpExchange exchange) {
    String host = exchange.getRequestHeaders().getFirst("Host");
    boolean xml = routes.containsKey("") && host != null && bucket(host).isPresent();
    String path = xml ? "" : exchange.getRequestURI().getRawPath();
    for (Map.Entry<String, HttpHandler> route : routes.descendingMap().entrySet()) {
      if (path.equals(route.getKey()) || path.startsWith(route.getKey() + "/")) {
        return route.getValue();
      }
    }
    throw new ApiException(
        501,
        "notImplemented",
        String.format(
            Locale.ROOT, "The local cloud has no route %s %s", exchange.getRequestMethod(), path));
  }

  private void refuse(HttpExchange exchange, ApiException refusal) throws IOException {
    if (refusal.code() == 501) {
      String query = exchange.getRequestURI().getRawQuery();
      String path = exchange.getRequestURI().getRawPath();
      String asked = query == null ? path : path + "?" + query;
      unknown.add(exchange.getRequestMethod(), asked + " (" + refusal.getMessage() + ")");
    }
    Replies.refuse(exchange, refusal);
  }
}
