package localcloud.page;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;

/**
 * Requests, a cell {@code traffic/<start in ms>} for each second of the system's time: who watches
 * counts in those, and there are as many of them whatever the cloud's speed.
 */
final class TrafficCells implements Source {
  private static final int SHOWN_SECONDS = 120;

  private final TrafficSource traffic;
  private final InstantSource clock;
  private final long width;

  TrafficCells(TrafficSource traffic, InstantSource clock, int speed) {
    this.traffic = traffic;
    this.clock = clock;
    this.width = 1000L * speed;
  }

  @Override
  public void fill(Map<String, JsonObject> cells) {
    // The one under way would look like a fall.
    long end = clock.instant().toEpochMilli() / width * width;
    Map<Long, JsonObject> seconds = new TreeMap<>();
    for (TrafficSource.Second second :
        traffic.since(Instant.ofEpochMilli(end - SHOWN_SECONDS * width))) {
      long start = second.start().toEpochMilli() / width * width;
      if (start < end) {
        add(second, seconds.computeIfAbsent(start, none -> empty()));
      }
    }
    seconds.forEach((start, cell) -> cells.put("traffic/" + start, cell));
  }

  private static JsonObject empty() {
    JsonObject cell = new JsonObject();
    cell.add("answered", new JsonObject());
    cell.addProperty("failed", 0);
    return cell;
  }

  private static void add(TrafficSource.Second second, JsonObject cell) {
    JsonObject answered = cell.getAsJsonObject("answered");
    second
        .answered()
        .forEach(
            (template, count) ->
                answered.addProperty(
                    template,
                    count + (answered.has(template) ? answered.get(template).getAsInt() : 0)));
    cell.addProperty("failed", cell.get("failed").getAsInt() + second.failed());
  }
}
