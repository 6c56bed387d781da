package benchmarks;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import localcloud.cli.SeededCloud;

/** A span of cloud time. */
record Interval(Instant from, Instant to) {
  private static final double MILLIS = 1000;

  double seconds() {
    return Duration.between(from, to).toMillis() / MILLIS;
  }

  /** How many of its seconds lie in one or more of the others. */
  double secondsIn(List<Interval> others) {
    double sum = 0;
    Instant reached = from;
    List<Interval> sorted = new ArrayList<>(others);
    sorted.sort(Comparator.comparing(Interval::from));
    for (Interval other : sorted) {
      Instant begin = other.from.isAfter(reached) ? other.from : reached;
      Instant end = other.to.isBefore(to) ? other.to : to;
      if (end.isAfter(begin)) {
        sum += new Interval(begin, end).seconds();
        reached = end;
      }
    }
    return sum;
  }

  /** Of every operation that is done on things whose URL is wanted, from its start to its end. */
  static List<Interval> operations(SeededCloud cloud, Predicate<String> wanted)
      throws IOException, InterruptedException {
    List<Interval> done = new ArrayList<>();
    for (String scope : List.of("global", "zones/us-west1-a")) {
      JsonObject list = cloud.compute(scope + "/operations?maxResults=500");
      for (JsonElement item : list.getAsJsonArray("items")) {
        JsonObject operation = item.getAsJsonObject();
        if (operation.has("endTime") && wanted.test(operation.get("targetLink").getAsString())) {
          done.add(new Interval(time(operation, "startTime"), time(operation, "endTime")));
        }
      }
    }
    return done;
  }

  /** A field that holds a time, in whatever zone. */
  static Instant time(JsonObject of, String key) {
    return OffsetDateTime.parse(of.get(key).getAsString()).toInstant();
  }
}
