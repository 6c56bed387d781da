package localcloud.monitoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import localcloud.access.Access;
import localcloud.access.Grants;
import localcloud.access.Permissions;
import localcloud.cli.SeededCloud;
import localcloud.clock.ManualClock;
import localcloud.compute.ApiAnswer;
import localcloud.compute.ApiCall;
import localcloud.monitoring.Metrics.Minute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Alert policies and alerts as Google has them, by what passes a balancer minute by minute. */
class MonitoringTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final String HOME = "/v3/projects/demo/";
  private static final String ERRORS =
      """
      {"displayName": "share of 5xx", "combiner": "OR", "userLabels": {"team": "edge"},
        "severity": "ERROR", "conditions": [{"displayName": "above 5 %", "conditionThreshold": {
          "filter": "metric.type=\\"loadbalancing.googleapis.com/https/request_count\\" AND resource.type=\\"https_lb_rule\\" AND metric.labels.response_code_class=500",
          "denominatorFilter": "metric.type=\\"loadbalancing.googleapis.com/https/request_count\\" AND resource.type=\\"https_lb_rule\\"",
          "aggregations": [{"alignmentPeriod": "60s", "perSeriesAligner": "ALIGN_RATE", "crossSeriesReducer": "REDUCE_SUM"}],
          "denominatorAggregations": [{"alignmentPeriod": "60s", "perSeriesAligner": "ALIGN_RATE", "crossSeriesReducer": "REDUCE_SUM"}],
          "comparison": "COMPARISON_GT", "thresholdValue": 0.05, "duration": "60s",
          "evaluationMissingData": "EVALUATION_MISSING_DATA_INACTIVE"}}]}
      """;

  private final ManualClock clock = new ManualClock(NOON);

  /** Of each minute from noon on: how many of 100 requests fail, -1 for a minute without any. */
  private final TreeMap<Integer, Integer> failing = new TreeMap<>(Map.of(0, 0));

  private long latencyMillis = 10;

  private final Monitoring monitoring =
      new Monitoring("demo", clock, this::minute, Map.of("backend_target_name", "site"));

  private Minute minute(Instant start) {
    int number = (int) Duration.between(NOON, start).toMinutes();
    int failed = failing.floorEntry(number).getValue();
    Latencies latencies = new Latencies();
    IntStream.range(0, failed < 0 ? 0 : 100)
        .forEach(i -> latencies.add(Duration.ofMillis(latencyMillis)));
    return failed < 0 ? new Minute(0, 0, latencies) : new Minute(100 - failed, failed, latencies);
  }

  /**
   * Requests fail from the beginning of the tenth minute on; the alert opens once the minutes that
   * the condition needs are visible, 210 s after the last of them.
   */
  @ParameterizedTest(name = "aligned over {0} s, for {1} s, {2} of 100: opens after {3} s")
  @CsvSource({
    "60,  0,   20, 270",
    "60,  60,  20, 330",
    "60,  180, 20, 450",
    "300, 0,   20, 330",
    "300, 60,  20, 390",
    "300, 60,  100, 330",
    "60,  60,  5,  -",
  })
  void anAlertOpensAsLateAsGoogles(int alignment, int duration, int failed, String after)
      throws Exception {
    failing.put(10, failed);
    create(
        ERRORS
            .replace("\"60s\", \"perSeries", "\"" + alignment + "s\", \"perSeries")
            .replace("\"duration\": \"60s\"", "\"duration\": \"" + duration + "s\"")
            .replace(
                duration == 0 ? "EVALUATION_MISSING_DATA_INACTIVE" : "-",
                "EVALUATION_MISSING_DATA_UNSPECIFIED"));

    clock.advance(Duration.ofMinutes(40));

    List<JsonObject> alerts = alerts("");
    if (after.equals("-")) {
      assertThat(alerts).isEmpty();
    } else {
      Instant opened = NOON.plusSeconds(600 + Integer.parseInt(after));
      assertThat(alerts).hasSize(1);
      assertThat(alerts.get(0).get("openTime").getAsString()).isEqualTo(opened.toString());
    }
  }

  @Test
  void anAlertHasTheFieldsOfTheRealOne() throws Exception {
    failing.putAll(Map.of(1, 20, 5, 0));
    String policy = create(ERRORS).get("name").getAsString();
    clock.advance(Duration.ofMinutes(7));

    JsonObject open = alerts("").get(0);
    clock.advance(Duration.ofMinutes(30));
    JsonObject closed = alerts("").get(0);

    assertThat(open.get("name").getAsString()).matches("projects/demo/alerts/0\\.[0-9a-z]+");
    assertThat(open.get("state").getAsString()).isEqualTo("OPEN");
    assertThat(open.has("closeTime")).isFalse();
    assertThat(open.getAsJsonObject("policy"))
        .isEqualTo(
            JsonParser.parseString(
                "{\"name\": \""
                    + policy
                    + "\", \"displayName\": \"share of 5xx\", \"severity\": \"ERROR\","
                    + " \"userLabels\": {\"team\": \"edge\"}}"));
    assertThat(closed.get("state").getAsString()).isEqualTo("CLOSED");
    assertThat(closed.get("closeTime").getAsString())
        .isEqualTo(NOON.plusSeconds(6 * 60 + 210).toString());
    assertThat(get("alerts/" + open.get("name").getAsString().replaceFirst(".*/", "")))
        .isEqualTo(closed);
  }

  /** Minute by minute from the first that fails on, and whether the alert is open at the end. */
  @ParameterizedTest(name = "{0}: then {1} fail: open {2}")
  @CsvSource({
    "EVALUATION_MISSING_DATA_INACTIVE, 0,  false",
    "EVALUATION_MISSING_DATA_INACTIVE, -1, false",
    "EVALUATION_MISSING_DATA_NO_OP,    0,  true",
    "EVALUATION_MISSING_DATA_NO_OP,    -1, true",
    "EVALUATION_MISSING_DATA_NO_OP,    1,  false",
    "EVALUATION_MISSING_DATA_ACTIVE,   -1, true",
    "EVALUATION_MISSING_DATA_ACTIVE,   1,  false",
  })
  void withoutDataWhatWasStaysUnlessThePolicySaysOtherwise(String missing, int then, boolean open)
      throws Exception {
    failing.putAll(Map.of(0, 20, 10, then));
    create(ERRORS.replace("EVALUATION_MISSING_DATA_INACTIVE", missing));

    clock.advance(Duration.ofMinutes(30));

    assertThat(alerts("")).hasSize(1);
    assertThat(alerts("").get(0).get("state").getAsString()).isEqualTo(open ? "OPEN" : "CLOSED");
  }

  @Test
  void anAlertWithoutDataClosesByItself() throws Exception {
    failing.putAll(Map.of(0, 20, 10, -1));
    create(
        ERRORS
            .replace("EVALUATION_MISSING_DATA_INACTIVE", "EVALUATION_MISSING_DATA_NO_OP")
            .replace(
                "\"severity\"", "\"alertStrategy\": {\"autoClose\": \"1800s\"}, \"severity\""));
    clock.advance(Duration.ofMinutes(40));
    assertThat(alerts("").get(0).get("state").getAsString()).isEqualTo("OPEN");

    clock.advance(Duration.ofMinutes(10));

    assertThat(alerts("").get(0).get("state").getAsString()).isEqualTo("CLOSED");
  }

  @Test
  void whatHappensDependsOnTimeAloneAndNotOnWhoLooks() throws Exception {
    failing.putAll(Map.of(3, 20, 9, 1, 14, 50));
    create(ERRORS);
    ManualClock asked = new ManualClock(NOON);
    Monitoring other = new Monitoring("demo", asked, this::minute, Map.of());
    new MonitoringApi(other)
        .answer(new ApiCall("POST", HOME + "alertPolicies", Map.of(), ERRORS.getBytes(UTF_8)));
    for (int i = 0; i < 300; i++) {
      asked.advance(Duration.ofSeconds(7));
      other.advance();
    }

    clock.advance(Duration.ofSeconds(2100));

    assertThat(other.alerts().stream().map(one -> one.openedAt() + " " + one.closedAt()))
        .hasSize(2)
        .containsExactlyElementsOf(
            monitoring.alerts().stream()
                .map(one -> one.openedAt() + " " + one.closedAt())
                .toList());
  }

  @Test
  void aPolicyThatIsDisabledSnoozedOrDeletedHasNoOpenAlert() throws Exception {
    failing.put(0, 20);
    String policy = create(ERRORS).get("name").getAsString();
    clock.advance(Duration.ofMinutes(10));
    assertThat(alerts("state=\"OPEN\"")).hasSize(1);

    patch(policy, "enabled", "{\"enabled\": false}");
    clock.advance(Duration.ofMinutes(2));
    assertThat(alerts("state=\"OPEN\"")).isEmpty();

    patch(policy, "enabled", "{\"enabled\": true}");
    clock.advance(Duration.ofMinutes(2));
    assertThat(alerts("state=\"OPEN\"")).hasSize(1);

    snooze(policy, Duration.ofMinutes(10));
    clock.advance(Duration.ofMinutes(9));
    assertThat(alerts("state=\"OPEN\"")).isEmpty();
    clock.advance(Duration.ofMinutes(2));
    assertThat(alerts("state=\"OPEN\"")).hasSize(1);

    call("DELETE", policy.replace("projects/demo/", ""), Map.of(), "");
    assertThat(alerts("state = \"OPEN\"")).isEmpty();
    assertThat(alerts("policy.name=\"" + policy + "\"")).hasSize(3);
    assertThat(alerts("policy.name=\"projects/demo/alertPolicies/1\"")).isEmpty();
  }

  private void snooze(String policy, Duration length) throws Exception {
    String body =
        "{\"displayName\": \"s\", \"criteria\": {\"policies\": [\""
            + policy
            + "\"]}, \"interval\": {\"startTime\": \""
            + clock.instant()
            + "\", \"endTime\": \""
            + clock.instant().plus(length)
            + "\"}}";
    JsonObject made = json(call("POST", "snoozes", Map.of(), body));
    String name = made.get("name").getAsString().replace("projects/demo/", "");
    assertThat(get(name)).isEqualTo(made);
    assertThat(snoozes("interval.end_time > \"" + clock.instant() + "\"")).hasSize(1);
    String later = clock.instant().plus(length).plusSeconds(1).toString();
    assertThat(snoozes("interval.end_time > \"" + later + "\"")).isEmpty();
    assertThat(
            snoozes(
                "interval.start_time < \""
                    + later
                    + "\" AND interval.end_time < \""
                    + later
                    + "\""))
        .hasSize(1);
  }

  @Test
  void aSnoozeThatIsCancelledEndsThen() throws Exception {
    failing.put(0, 20);
    String policy = create(ERRORS).get("name").getAsString();
    snooze(policy, Duration.ofHours(1));
    clock.advance(Duration.ofMinutes(10));
    String name =
        get("snoozes").getAsJsonArray("snoozes").get(0).getAsJsonObject().get("name").getAsString();

    patch(name, "interval.endTime", "{\"interval\": {\"endTime\": \"" + clock.instant() + "\"}}");
    clock.advance(Duration.ofMinutes(2));

    assertThat(alerts("")).hasSize(1);
  }

  @Test
  void aLatencyIsAPercentileOfAllRequests() throws Exception {
    latencyMillis = 1500;
    create(
        """
        {"displayName": "slow", "combiner": "OR", "conditions": [{"conditionThreshold": {
          "filter": "resource.type = \\"https_lb_rule\\" AND metric.type = \\"loadbalancing.googleapis.com/https/backend_latencies\\" AND resource.labels.backend_target_name = \\"site\\"",
          "aggregations": [{"alignmentPeriod": "300s", "perSeriesAligner": "ALIGN_DELTA", "crossSeriesReducer": "REDUCE_PERCENTILE_99"}],
          "comparison": "COMPARISON_GT", "thresholdValue": 1000, "duration": "0s"}}]}
        """);
    create(
        """
        {"displayName": "slower", "combiner": "AND", "conditions": [{"conditionThreshold": {
          "filter": "resource.type = \\"https_lb_rule\\" AND metric.type = \\"loadbalancing.googleapis.com/https/backend_latencies\\"",
          "aggregations": [{"alignmentPeriod": "60s", "perSeriesAligner": "ALIGN_PERCENTILE_95"}],
          "comparison": "COMPARISON_GT", "thresholdValue": 3000}}]}
        """);

    clock.advance(Duration.ofMinutes(10));

    assertThat(alerts(""))
        .extracting(alert -> alert.getAsJsonObject("policy").get("displayName").getAsString())
        .containsExactly("slow");
  }

  @Test
  void anotherBalancersPolicyIsNeverMet() throws Exception {
    failing.put(0, 20);
    create(
        ERRORS.replace(
            "=500\"", "=500 AND resource.labels.backend_target_name=\\\"elsewhere\\\"\""));

    clock.advance(Duration.ofMinutes(20));

    assertThat(alerts("")).isEmpty();
  }

  @Test
  void aPolicyIsKeptAsItWasSentWithWhatGoogleAdds() throws Exception {
    JsonObject made = create(ERRORS);
    String name = made.get("name").getAsString();

    assertThat(name).matches("projects/demo/alertPolicies/\\d+");
    assertThat(made.get("enabled").getAsBoolean()).isTrue();
    assertThat(made.getAsJsonObject("creationRecord").get("mutateTime").getAsString())
        .isEqualTo("2026-11-22T12:00:00Z");
    JsonObject condition = made.getAsJsonArray("conditions").get(0).getAsJsonObject();
    assertThat(condition.get("name").getAsString()).matches(name + "/conditions/\\d+");
    assertThat(condition.getAsJsonObject("conditionThreshold").get("duration").getAsString())
        .isEqualTo("60s");
    clock.advance(Duration.ofMinutes(1));
    JsonObject changed = patch(name, "displayName", "{\"displayName\": \"other\"}");
    assertThat(changed.get("displayName").getAsString()).isEqualTo("other");
    assertThat(changed.get("conditions")).isEqualTo(made.get("conditions"));
    assertThat(changed.get("creationRecord")).isEqualTo(made.get("creationRecord"));
    assertThat(changed.get("mutationRecord")).isNotEqualTo(made.get("mutationRecord"));
    assertThat(get("alertPolicies").getAsJsonArray("alertPolicies")).containsExactly(changed);
  }

  @ParameterizedTest(name = "{1} for {0}: {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "share of 5xx | | 400 | Field alert_policy.display_name had an invalid value of \"\"",
        "\"OR\" | \"COMBINE_UNSPECIFIED\" | 400 | Field alert_policy.combiner had an invalid value",
        "\"duration\": \"60s\" | \"duration\": \"90s\" | 400 | duration had an invalid value of \"90s\"",
        "\"duration\": \"60s\" | \"duration\": \"0s\" | 400 | must have a non-zero duration.",
        "AND resource.type=\\\"https_lb_rule\\\" | | 400 | must specify a restriction on \"resource.type\"",
        "\"displayName\": \"above | \"shown\": \"above | 400 | Unknown name \"shown\": Cannot find field.",
        "https/request_count | tcp/connections | 501 | The local cloud evaluates no condition with",
        "=500\" | >400\" | 501 | The local cloud evaluates no condition with",
        "REDUCE_SUM | REDUCE_MEAN | 501 | The local cloud evaluates no condition with ALIGN_RATE",
        "COMPARISON_GT | COMPARISON_NE | 501 | The local cloud evaluates no condition with",
      })
  void refusesWhatGoogleRefusesAndWhatItWouldNotEvaluate(
      String part, String instead, int status, String told) {
    String body = ERRORS.replace(part, instead == null ? "" : instead);
    ApiAnswer answer = call("POST", "alertPolicies", Map.of(), body);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(message(answer)).contains(told);
    assertThat(answer.unknown().isPresent()).isEqualTo(status == 501);
  }

  @Test
  void alertsAreListedTheLatestFirstAndPageByPage() throws Exception {
    for (int i = 0; i < 10; i++) {
      failing.putAll(Map.of(10 * i, 20, 10 * i + 5, 1));
    }
    create(ERRORS);
    clock.advance(Duration.ofMinutes(120));

    List<String> all = times(alerts(""));
    assertThat(all).hasSize(10).isSortedAccordingTo((one, other) -> other.compareTo(one));
    JsonObject first = json(call("GET", "alerts", Map.of("pageSize", "4"), ""));
    String token = first.get("nextPageToken").getAsString();
    JsonObject next =
        json(call("GET", "alerts", Map.of("pageSize", "1000", "pageToken", token), ""));
    assertThat(times(items(first, "alerts"))).isEqualTo(all.subList(0, 4));
    assertThat(times(items(next, "alerts"))).isEqualTo(all.subList(4, 10));
    assertThat(next.has("nextPageToken")).isFalse();
    JsonObject old = json(call("GET", "alerts", Map.of("orderBy", "openTime"), ""));
    assertThat(times(items(old, "alerts"))).isSorted();
    assertThat(call("GET", "alerts", Map.of("orderBy", "name"), "").status()).isEqualTo(400);
    assertThat(call("GET", "alerts", Map.of("filter", "a OR b"), "").status()).isEqualTo(501);
  }

  @ParameterizedTest
  @EnumSource(Route.class)
  void aStrangerIsToldWhichPermissionIsMissing(Route route) {
    String[] words = route.id().split("[.]");
    String path = HOME + words[2] + (route.name().matches(".*(LIST|CREATE)") ? "" : "/1");
    Map<String, String> verbs = Map.of("create", "POST", "patch", "PATCH", "delete", "DELETE");
    String verb = verbs.getOrDefault(words[3], "GET");
    ApiCall call =
        new ApiCall(
            verb,
            path,
            Map.of(),
            new byte[0],
            new Access("demo", MonitoringTest::granted).caller("Bearer local-stranger"));

    ApiAnswer answer = new MonitoringApi(monitoring).answer(call);

    assertThat(answer.status()).isEqualTo(403);
    String permission = Permissions.TABLE.of(route.id()).get(0).permission();
    assertThat(JsonParser.parseString(answer.json()))
        .isEqualTo(
            JsonParser.parseString(
                "{\"error\": {\"code\": 403, \"status\": \"PERMISSION_DENIED\", \"message\":"
                    + " \"Permission "
                    + permission
                    + " denied (or the resource may not exist).\"}}"));
  }

  private static Grants granted() {
    try {
      return SeededCloud.granted();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Test
  void whatIsNotThereIs404InThisApisEnvelope() {
    ApiAnswer answer = call("GET", "alertPolicies/1", Map.of(), "");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(JsonParser.parseString(answer.json()).getAsJsonObject().getAsJsonObject("error"))
        .isEqualTo(
            JsonParser.parseString(
                "{\"code\": 404, \"status\": \"NOT_FOUND\", \"message\":"
                    + " \"Cannot find alerting policy projects/demo/alertPolicies/1.\"}"));
    assertThat(call("POST", "groups", Map.of(), "{}").unknown()).isPresent();
  }

  @Test
  void requestsAreSeriesByTheClassOfTheirAnswerAndVisibleLate() {
    failing.putAll(Map.of(1, 20, 2, -1, 3, 0));
    clock.advance(Duration.ofMinutes(8));

    List<JsonObject> series = series("ALIGN_RATE");

    assertThat(series).hasSize(2);
    assertThat(series.get(0).get("metric").toString()).contains("\"response_code_class\":\"200\"");
    // Of the minutes 0, 1, 2 and 3 the third has no requests; later ones are not visible yet.
    assertThat(points(series.get(0)))
        .containsExactly(
            "2026-11-22T12:04:00Z 1.6666666666666667",
            "2026-11-22T12:02:00Z 1.3333333333333333",
            "2026-11-22T12:01:00Z 1.6666666666666667");
    assertThat(points(series.get(1))).containsExactly("2026-11-22T12:02:00Z 0.3333333333333333");
    assertThat(points(series("ALIGN_DELTA").get(1))).containsExactly("2026-11-22T12:02:00Z 20.0");
    assertThat(call("GET", "timeSeries", Map.of("filter", "metric.type=\"x\""), "").status())
        .isEqualTo(400);
    assertThat(call("GET", "timeSeries", query("ALIGN_MEAN"), "").status()).isEqualTo(501);
  }

  private List<JsonObject> series(String aligner) {
    return items(json(call("GET", "timeSeries", query(aligner), "")), "timeSeries");
  }

  private static Map<String, String> query(String aligner) {
    return Map.of(
        "filter",
        "metric.type=\"loadbalancing.googleapis.com/https/request_count\""
            + " AND resource.type=\"https_lb_rule\"",
        "interval.startTime",
        "2026-11-22T12:00:00Z",
        "interval.endTime",
        "2026-11-22T12:08:00Z",
        "aggregation.alignmentPeriod",
        "60s",
        "aggregation.perSeriesAligner",
        aligner,
        "aggregation.crossSeriesReducer",
        "REDUCE_SUM",
        "aggregation.groupByFields",
        "metric.label.response_code_class");
  }

  private static List<String> points(JsonObject series) {
    return items(series, "points").stream()
        .map(
            point ->
                point.getAsJsonObject("interval").get("endTime").getAsString()
                    + " "
                    + point.getAsJsonObject("value").get("doubleValue").getAsString())
        .toList();
  }

  private JsonObject create(String policy) {
    return json(call("POST", "alertPolicies", Map.of(), policy));
  }

  private JsonObject patch(String name, String mask, String body) {
    return json(
        call("PATCH", name.replace("projects/demo/", ""), Map.of("updateMask", mask), body));
  }

  private JsonObject get(String path) {
    return json(call("GET", path, Map.of(), ""));
  }

  private List<JsonObject> alerts(String filter) {
    return items(json(call("GET", "alerts", Map.of("filter", filter), "")), "alerts");
  }

  private List<JsonObject> snoozes(String filter) {
    return items(json(call("GET", "snoozes", Map.of("filter", filter), "")), "snoozes");
  }

  private static List<String> times(List<JsonObject> alerts) {
    return alerts.stream().map(alert -> alert.get("openTime").getAsString()).toList();
  }

  private static List<JsonObject> items(JsonObject page, String key) {
    return page.has(key)
        ? StreamSupport.stream(page.getAsJsonArray(key).spliterator(), false)
            .map(JsonElement::getAsJsonObject)
            .toList()
        : List.of();
  }

  private ApiAnswer call(String verb, String path, Map<String, String> query, String body) {
    return new MonitoringApi(monitoring)
        .answer(new ApiCall(verb, HOME + path, query, body.getBytes(UTF_8)));
  }

  private static JsonObject json(ApiAnswer answer) {
    assertThat(answer.status()).as(answer.json()).isEqualTo(200);
    return JsonParser.parseString(answer.json()).getAsJsonObject();
  }

  private static String message(ApiAnswer answer) {
    JsonObject error = JsonParser.parseString(answer.json()).getAsJsonObject();
    return error.getAsJsonObject("error").get("message").getAsString();
  }
}
