package localcloud.http;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import localcloud.balancer.Second;
import localcloud.world.refusals.ApiException;

/**
 * Answers {@code GET ?since=MS} with what passed the load balancer second by second, by version.
 * Ours: Google counts by the minute, and knows no version.
 */
public final class TrafficRoute implements HttpHandler {
  /** Below what is ours. */
  public static final String PATH = "/_local/traffic";

  private final Function<Instant, List<Second>> seconds;

  /** Takes the seconds from an instant on, by time. */
  public TrafficRoute(Function<Instant, List<Second>> seconds) {
    this.seconds = seconds;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Request request = Request.of(exchange);
    Long since = request.number("since");
    if (!request.method().equals("GET") || since == null) {
      throw new ApiException(400, "invalid", "Expected GET " + PATH + "?since=MILLISECONDS");
    }
    JsonArray all = new JsonArray();
    for (Second second : seconds.apply(Instant.ofEpochMilli(since))) {
      JsonObject answered = new JsonObject();
      second.answered().forEach(answered::addProperty);
      JsonObject one = new JsonObject();
      one.addProperty("start", second.start().toEpochMilli());
      one.add("answered", answered);
      one.addProperty("failed", second.failed());
      all.add(one);
    }
    JsonObject answer = new JsonObject();
    answer.add("seconds", all);
    Replies.json(exchange, 200, answer.toString());
  }
}
