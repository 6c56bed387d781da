package page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import page.Settings.Buckets;
import page.Settings.Endpoints;

/** Requests, from a server that says what the test tells it to. */
class TrafficTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:25Z");

  private final List<URI> asked = new CopyOnWriteArrayList<>();
  private String answer = "{}";
  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestURI());
          byte[] body = answer.getBytes(UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aTenTimesFasterCloudIsCountedByTenOfItsSeconds() throws Exception {
    answer =
        "{\"seconds\": ["
            + second("2026-11-22T12:00:00Z", "{\"a\": 3}", 0)
            + ("," + second("2026-11-22T12:00:09Z", "{\"a\": 4, \"b\": 1}", 2))
            + ("," + second("2026-11-22T12:00:10Z", "{\"b\": 5}", 0))
            + ("," + second("2026-11-22T12:00:20Z", "{\"b\": 9}", 0))
            + "]}";

    Map<String, String> cells = cells(settings(10, true));

    // The second of the system's that is under way is not shown yet.
    assertThat(cells)
        .isEqualTo(
            Map.of(
                "traffic/" + Instant.parse("2026-11-22T12:00:00Z").toEpochMilli(),
                "{\"answered\":{\"a\":7,\"b\":1},\"failed\":2}",
                "traffic/" + Instant.parse("2026-11-22T12:00:10Z").toEpochMilli(),
                "{\"answered\":{\"b\":5},\"failed\":0}"));
  }

  @Test
  void onlyTheLastTwoMinutesAreAskedFor() throws Exception {
    cells(settings(1, true));

    assertThat(asked)
        .containsExactly(URI.create("/traffic?since=" + NOW.minusSeconds(120).toEpochMilli()));
  }

  @Test
  void cloudMonitoringTellsTheMeanOfEachMinute() throws Exception {
    answer =
        "{\"timeSeries\": ["
            + ("{\"metric\": {\"labels\": {\"response_code_class\": \"200\"}}, \"points\": ["
                + point("2026-11-22T12:00:00Z", 7.25)
                + ","
                + point("2026-11-22T11:59:00Z", 8)
                + "]},")
            + ("{\"metric\": {\"labels\": {\"response_code_class\": \"500\"}}, \"points\": ["
                + point("2026-11-22T12:00:00Z", 0.5)
                + "]}")
            + "]}";

    Map<String, String> cells = cells(settings(1, false));

    assertThat(cells)
        .isEqualTo(
            Map.of(
                "traffic/" + Instant.parse("2026-11-22T11:59:00Z").toEpochMilli(),
                "{\"answered\":{\"\":7.3},\"failed\":0.5}",
                "traffic/" + Instant.parse("2026-11-22T11:58:00Z").toEpochMilli(),
                "{\"answered\":{\"\":8},\"failed\":0}"));
    assertThat(asked.get(0).getPath()).isEqualTo("/v3/projects/demo/timeSeries");
    assertThat(asked.get(0).getQuery())
        .contains("interval.startTime=2026-11-22T11:00:00Z&interval.endTime=2026-11-22T12:00:00Z");
  }

  @Test
  void withoutEitherItSaysSo() throws Exception {
    assertThat(cells(settings(1, false)).get("traffic/none")).contains("no request");
  }

  private static Map<String, String> cells(Settings settings) throws Exception {
    Traffic traffic = new Traffic(settings);
    traffic.take(new Api(settings).ask(traffic.ask(Wishes.NONE, 1)).answers());
    Map<String, JsonObject> cells = new TreeMap<>();
    traffic.fill(Wishes.NONE, cells);
    Map<String, String> texts = new TreeMap<>();
    cells.forEach((key, cell) -> texts.put(key, cell.toString()));
    return texts;
  }

  private Settings settings(int speed, boolean local) {
    String http = "http://127.0.0.1:" + server.getAddress().getPort();
    return new Settings(
        "local cloud",
        "demo",
        Buckets.after("up"),
        new Endpoints(http, http, http, http, local ? http + "/traffic" : ""),
        "slipway",
        speed,
        0,
        Token.fixed("t", "me"),
        () -> NOW);
  }

  private static String second(String start, String answered, int failed) {
    return "{\"start\": "
        + Instant.parse(start).toEpochMilli()
        + (", \"answered\": " + answered + ", \"failed\": " + failed + "}");
  }

  private static String point(String end, double rate) {
    return "{\"interval\": {\"endTime\": \""
        + end
        + ("\"}, \"value\": {\"doubleValue\": " + rate + "}}");
  }
}
