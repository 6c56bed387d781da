package localcloud.logging;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import localcloud.access.Grants;
import localcloud.access.Permissions;
import localcloud.compute.ApiAnswer;
import localcloud.compute.ApiCall;
import localcloud.world.refusals.ApiException;

/** Cloud Logging's JSON API v2, of which {@code entries.list} is there. */
public final class LoggingApi {
  private static final String LIST = "/v2/entries:list";
  private static final int USUAL_PAGE = 50;
  private static final int LARGEST_PAGE = 1000;

  private final LogEntries entries;

  /** Serves these entries. */
  public LoggingApi(LogEntries entries) {
    this.entries = entries;
  }

  /** Never throws for what a caller can do wrong. */
  public ApiAnswer answer(ApiCall call) {
    try {
      if (!call.verb().equals("POST") || !call.path().equals(LIST)) {
        throw new ApiException(
            501, "notImplemented", "The local cloud does not have " + call.path());
      }
      permit(call);
      return new ApiAnswer(200, list(body(call)).toString(), Optional.empty());
    } catch (ApiException refused) {
      Optional<String> unknown =
          refused.code() == 501 ? Optional.ofNullable(refused.getMessage()) : Optional.empty();
      return new ApiAnswer(refused.code(), refused.statusEnvelope(), unknown);
    }
  }

  /** The words are those of apache/airflow#25812, which was told another permission of this API. */
  private static void permit(ApiCall call) {
    for (Permissions.Need need : Permissions.TABLE.of("logging.entries.list")) {
      if (!call.caller().may(need.permission(), Grants.PROJECT)) {
        throw new ApiException(
            403,
            "forbidden",
            "Permission '" + need.permission() + "' denied on resource (or it may not exist).");
      }
    }
  }

  private JsonObject list(JsonObject asked) {
    if (!asked.has("resourceNames") || asked.getAsJsonArray("resourceNames").isEmpty()) {
      throw new ApiException(400, "badRequest", "At least one resource name must be specified");
    }
    String filter = asked.has("filter") ? asked.get("filter").getAsString() : "";
    List<JsonObject> found =
        new ArrayList<>(entries.all().stream().filter(LogFilter.of(filter)).toList());
    String order = asked.has("orderBy") ? asked.get("orderBy").getAsString() : "timestamp asc";
    if (order.equals("timestamp desc")) {
      Collections.reverse(found);
    } else if (!order.equals("timestamp asc")) {
      throw new ApiException(400, "badRequest", "order_by is invalid: " + order);
    }
    return page(found, asked);
  }

  private static JsonObject page(List<JsonObject> found, JsonObject asked) {
    int wanted = asked.has("pageSize") ? asked.get("pageSize").getAsInt() : 0;
    int size = wanted <= 0 ? USUAL_PAGE : Math.min(wanted, LARGEST_PAGE);
    int from = asked.has("pageToken") ? asked.get("pageToken").getAsInt() : 0;
    int until = Math.min(Math.min(from, found.size()) + size, found.size());
    JsonObject page = new JsonObject();
    JsonArray items = new JsonArray();
    found.subList(Math.min(from, until), until).forEach(items::add);
    if (!items.isEmpty()) {
      page.add("entries", items);
    }
    if (until < found.size()) {
      page.addProperty("nextPageToken", Integer.toString(until));
    }
    return page;
  }

  private static JsonObject body(ApiCall call) {
    try {
      return JsonParser.parseString(new String(call.body(), UTF_8)).getAsJsonObject();
    } catch (RuntimeException noObject) {
      throw new ApiException(400, "badRequest", "Invalid JSON payload received.");
    }
  }
}
