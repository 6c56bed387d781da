package localcloud.http;

import com.google.api.client.json.GenericJson;
import com.google.api.client.json.gson.GsonFactory;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import localcloud.storage.Utf8;
import localcloud.world.refusals.ApiException;
import org.jspecify.annotations.Nullable;

/**
 * One call, also one inside a batch.
 *
 * @param method after {@code X-HTTP-Method-Override}
 * @param path as sent, with its escapes: a name's slash is %2F
 * @param names what stood in the place of each asterisk of the route, without escapes
 * @param address scheme, host and port that the client used
 * @param permit what the caller must be allowed
 */
record Request(
    String method,
    String path,
    List<String> names,
    Map<String, String> query,
    Headers headers,
    InputStream body,
    String address,
    Permit permit) {
  /** Stands between the values of a parameter that is said more than once. */
  private static final String REPEATED = "\u0000";

  static Request of(HttpExchange exchange) {
    Headers headers = exchange.getRequestHeaders();
    String scheme = exchange instanceof HttpsExchange ? "https://" : "http://";
    String said = headers.getFirst("Host");
    String host = said == null ? "localhost:" + exchange.getLocalAddress().getPort() : said;
    Optional<String> bucket = FrontDoor.bucket(host);
    String all = bucket.map(name -> host.substring(name.length() + 1)).orElse(host);
    Request plain =
        of(exchange.getRequestMethod(), exchange.getRequestURI(), headers, scheme + all);
    return plain
        .at(bucket.map(name -> "/" + name + plain.path()).orElse(plain.path()))
        .withBody(exchange.getRequestBody());
  }

  private Request at(String longer) {
    return new Request(method, longer, names, query, headers, body, address, permit);
  }

  /** Without a body. */
  static Request of(String verb, URI uri, Headers headers, String address) {
    String override = headers.getFirst("X-HTTP-Method-Override");
    String method = override == null ? verb : override;
    Map<String, String> query = parse(uri.getRawQuery());
    InputStream none = InputStream.nullInputStream();
    return new Request(
        method, uri.getRawPath(), List.of(), query, headers, none, address, Permit.OPEN);
  }

  Request withBody(InputStream content) {
    return new Request(method, path, names, query, headers, content, address, permit);
  }

  Request withQuery(Map<String, String> asked) {
    return new Request(method, path, names, asked, headers, body, address, permit);
  }

  Request with(List<String> found, Permit asked) {
    return new Request(method, path, found, query, headers, body, address, asked);
  }

  /** A query parameter, or the empty string. */
  String text(String parameter) {
    return query.getOrDefault(parameter, "");
  }

  /** Every value of a query parameter that may be said more than once. */
  List<String> all(String parameter) {
    String value = query.get(parameter);
    return value == null ? List.of() : List.of(value.split(REPEATED, -1));
  }

  /** A numeric query parameter; 400 if it is something else. */
  @Nullable Long number(String parameter) {
    String value = query.get(parameter);
    if (value == null) {
      return null;
    }
    try {
      return Long.valueOf(value);
    } catch (NumberFormatException no) {
      throw new ApiException(
          400,
          "invalid",
          String.format(Locale.ROOT, "Invalid value '%s' for %s: a number", value, parameter));
    }
  }

  String header(String name) {
    String value = headers.getFirst(name);
    return value == null ? "" : value;
  }

  /** The body without its transport's gzip, which Java's client applies to all but resumable. */
  InputStream content() throws IOException {
    return header("Content-Encoding").equalsIgnoreCase("gzip") ? new GZIPInputStream(body) : body;
  }

  /** The body as a resource; a new, empty one without a body or with null. 400 if no JSON. */
  <T extends GenericJson> T resource(Class<T> type) throws IOException {
    return resource(content().readAllBytes(), type);
  }

  /** The same, where null says nothing anywhere. */
  static <T extends GenericJson> T resource(byte[] json, Class<T> type) throws IOException {
    T resource = patch(json, type);
    Nulls.drop(resource);
    return resource;
  }

  /** The body as a change, in which a null takes a value away. */
  <T extends GenericJson> T patch(Class<T> type) throws IOException {
    return patch(content().readAllBytes(), type);
  }

  private static <T extends GenericJson> T patch(byte[] json, Class<T> type) throws IOException {
    String text = Utf8.decode(json).map(String::strip).orElseThrow(() -> unread(type));
    // Go's client sends null for a resource of which nothing is said. The library makes of it one
    // object for all callers, so that two calls at once would write into each other's.
    boolean nothing = text.isEmpty() || text.equals("null");
    try {
      return GsonFactory.getDefaultInstance().fromString(nothing ? "{}" : text, type);
    } catch (IllegalArgumentException | IOException | IllegalStateException no) {
      throw unread(type);
    }
  }

  private static ApiException unread(Class<?> type) {
    return new ApiException(
        400, "parseError", "Parse Error: the body is no " + type.getSimpleName());
  }

  /** A query, or a form in a body. */
  static Map<String, String> parse(@Nullable String query) {
    Map<String, String> values = new HashMap<>();
    for (String pair : query == null ? new String[0] : query.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      String value = parts.length == 2 ? parts[1] : "";
      if (!parts[0].isEmpty()) {
        values.merge(
            Utf8.ofQuery(parts[0]), Utf8.ofQuery(value), (first, next) -> first + REPEATED + next);
      }
    }
    return values;
  }
}
