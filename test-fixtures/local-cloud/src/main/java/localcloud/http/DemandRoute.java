package localcloud.http;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import localcloud.world.World;
import localcloud.world.refusals.ApiException;

/**
 * Takes {@code PUT {"group": "projects/...", "vcpus": 2.5}}: work for a group's simulated machines,
 * which share it, so that more of them are each less busy. Ours: Google has no such call.
 */
public final class DemandRoute implements HttpHandler {
  private final World world;

  /** Puts work on the groups of this world. */
  public DemandRoute(World world) {
    this.world = world;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().equals("PUT")) {
      throw new ApiException(501, "notImplemented", "The local cloud's demand is only PUT");
    }
    byte[] body = exchange.getRequestBody().readAllBytes();
    String group;
    double vcpus;
    try {
      JsonObject asked =
          JsonParser.parseString(new String(body, StandardCharsets.UTF_8)).getAsJsonObject();
      group = asked.get("group").getAsString();
      vcpus = asked.get("vcpus").getAsDouble();
    } catch (RuntimeException unreadable) {
      throw new ApiException(
          400,
          "invalid",
          "Expected {\"group\": \"projects/...\", \"vcpus\": 2.5}, found "
              + new String(body, StandardCharsets.UTF_8));
    }
    world.call(() -> world.groups().demand(group, vcpus));
    Replies.json(exchange, 200, new String(body, StandardCharsets.UTF_8));
  }
}
