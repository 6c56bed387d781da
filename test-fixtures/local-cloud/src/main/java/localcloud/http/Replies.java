package localcloud.http;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import localcloud.world.refusals.ApiException;

/** Answers in JSON, refusals in the envelope of Google's JSON APIs. */
final class Replies {
  private static final Gson JSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private Replies() {}

  static String toJson(Object value) {
    return JSON.toJson(value);
  }

  static void json(HttpExchange exchange, int status, String body) throws IOException {
    drain(exchange);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  static void refuse(HttpExchange exchange, ApiException refusal) throws IOException {
    json(exchange, refusal.code(), refusal.envelope());
  }

  /** A client that is still sending would see a broken connection instead of the answer. */
  static void drain(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
  }
}
