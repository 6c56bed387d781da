package localcloud.http;

import com.google.api.client.json.GenericJson;
import com.google.api.client.json.gson.GsonFactory;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import localcloud.world.refusals.ApiException;

/**
 * What a route answers.
 *
 * @param length of the body in bytes; {@link #UNKNOWN_LENGTH} sends it in chunks
 */
record Answer(int status, Map<String, String> headers, long length, InputStream body) {
  static final long UNKNOWN_LENGTH = -1;

  static Answer empty(int status, Map<String, String> headers) {
    return new Answer(status, headers, 0, InputStream.nullInputStream());
  }

  static Answer of(GenericJson resource) throws IOException {
    return json(200, GsonFactory.getDefaultInstance().toPrettyString(resource));
  }

  /** A body is not allowed with 304. */
  static Answer of(ApiException refusal) {
    return refusal.code() == 304 ? empty(304, Map.of()) : json(refusal.code(), refusal.envelope());
  }

  static Answer json(int status, String text) {
    return text(status, "application/json; charset=UTF-8", text);
  }

  static Answer text(int status, String type, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    InputStream body = new ByteArrayInputStream(bytes);
    return new Answer(status, Map.of("Content-Type", type), bytes.length, body);
  }

  /** Sends it, and closes its body. */
  void send(HttpExchange exchange) throws IOException {
    try (body) {
      Replies.drain(exchange);
      headers.forEach(exchange.getResponseHeaders()::set);
      // In the JDK's server, 0 means chunks and -1 means no body.
      boolean head = exchange.getRequestMethod().equals("HEAD");
      long declared = length == 0 || head ? -1 : Math.max(length, 0);
      exchange.sendResponseHeaders(status, declared);
      if (length != 0 && !head) {
        OutputStream out = exchange.getResponseBody();
        transferTo(out);
        // Not closed after a failure: closing ends chunks as if they were whole.
        out.close();
      }
    }
  }

  private void transferTo(OutputStream out) throws IOException {
    try {
      body.transferTo(out);
    } catch (Cut cut) {
      // What comes before the cut arrives.
      out.flush();
      throw cut;
    }
  }
}
