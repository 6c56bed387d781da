package localcloud.events;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * An event that the function has not taken yet.
 *
 * @param event what is delivered
 * @param copy 0, or which of those that are delivered besides
 * @param since when it came, in cloud time
 * @param failures deliveries that were not answered 2xx
 * @param due when it is delivered next, in cloud time
 */
record PendingEvent(FinalizeEvent event, int copy, Instant since, int failures, Instant due) {
  static PendingEvent fresh(FinalizeEvent event, Instant now) {
    return new PendingEvent(event, 0, now, 0, now);
  }

  PendingEvent copy(int number, Duration late) {
    return new PendingEvent(event, number, since, failures, due.plus(late));
  }

  /** Tells it from all others, its copies included. */
  String key() {
    return copy == 0 ? event.id() : event.id() + "-" + copy;
  }

  String object() {
    return JsonParser.parseString(event.body()).getAsJsonObject().get("name").getAsString();
  }

  PendingEvent failedAt(Instant now) {
    int count = failures + 1;
    return new PendingEvent(event, copy, since, count, now.plus(BackOff.after(count)));
  }

  String subject() {
    return event.headers().getOrDefault("ce-subject", event.id());
  }

  String toJson() {
    JsonObject headers = new JsonObject();
    new TreeMap<>(event.headers()).forEach(headers::addProperty);
    JsonObject json = new JsonObject();
    json.addProperty("id", event.id());
    json.addProperty("copy", copy);
    json.addProperty("since", since.toString());
    json.addProperty("failures", failures);
    json.addProperty("due", due.toString());
    json.add("headers", headers);
    json.addProperty("body", event.body());
    return json.toString();
  }

  static PendingEvent fromJson(String text) {
    JsonObject json = JsonParser.parseString(text).getAsJsonObject();
    Map<String, String> headers = new TreeMap<>();
    json.getAsJsonObject("headers").asMap().forEach((k, v) -> headers.put(k, v.getAsString()));
    return new PendingEvent(
        new FinalizeEvent(json.get("id").getAsString(), headers, json.get("body").getAsString()),
        json.has("copy") ? json.get("copy").getAsInt() : 0,
        Instant.parse(json.get("since").getAsString()),
        json.get("failures").getAsInt(),
        Instant.parse(json.get("due").getAsString()));
  }
}
