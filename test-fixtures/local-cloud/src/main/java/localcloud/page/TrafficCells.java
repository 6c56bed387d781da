package localcloud.page;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import localcloud.balancer.Second;

/**
 * Requests, a cell {@code traffic/<start in ms>} for each second of the system's time: who watches
 * counts in those, and there are as many of them whatever the cloud's speed.
 */
final class TrafficCells implements Source {
  private final Function<Instant, List<Second>> traffic;
  private final InstantSource clock;
  private final long width;
  private final int shown;

  TrafficCells(Function<Instant, List<Second>> traffic, InstantSource clock, int speed) {
    this.traffic = traffic;
    this.clock = clock;
    this.width = 1000L * speed;
    this.shown = shownSeconds(speed);
  }

  /**
   * How many of the system's seconds are shown: a rollout in a faster cloud takes a few of them.
   */
  static int shownSeconds(int speed) {
    return speed == 1 ? 120 : 30;
  }

  @Override
  public void fill(Map<String, JsonObject> cells) {
    // The one under way would look like a fall.
    long end = clock.instant().toEpochMilli() / width * width;
    Map<Long, JsonObject> seconds = new TreeMap<>();
    for (Second second : traffic.apply(Instant.ofEpochMilli(end - shown * width))) {
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

  private static void add(Second second, JsonObject cell) {
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
