package page;

import com.google.gson.JsonObject;
import java.util.List;

/** What the page looks at, and which share of the calls each part has. */
final class Sights {
  private Sights() {}

  static Board board(Settings settings) {
    Api api = new Api(settings);
    Records records = new Records(settings);
    PrivateBucket bucket = new PrivateBucket(settings, records);
    records.learn(bucket::open, bucket::told);
    // In percent, and less than a hundred in all: what shares a minute never makes a call too many.
    List<Turn> turns =
        List.of(
            new Turn(bucket, api::ask, settings.pause(20)),
            new Turn(new Groups(api, settings, records), api::ask, settings.pause(30)),
            new Turn(records, api::ask, settings.pause(30)),
            new Turn(new LogLines(settings), api::ask, settings.pause(13)),
            new Turn(new Traffic(settings), api::ask, settings.pause(3)));
    return new Board(turns, cloud(settings), settings.clock(), settings.isUnlimited());
  }

  private static JsonObject cloud(Settings settings) {
    JsonObject cell = new JsonObject();
    cell.addProperty("place", settings.place());
    cell.addProperty("project", settings.project());
    cell.addProperty("speed", settings.speed());
    cell.addProperty("trafficSeconds", Traffic.shown(settings));
    cell.addProperty("trafficWidth", Traffic.width(settings));
    cell.addProperty("uploads", settings.buckets().uploads());
    cell.addProperty("records", settings.buckets().records());
    cell.addProperty("private", settings.buckets().proven());
    cell.addProperty("who", settings.token().account());
    return cell;
  }
}
