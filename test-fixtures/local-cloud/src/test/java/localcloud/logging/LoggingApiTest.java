package localcloud.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import localcloud.access.Access;
import localcloud.access.Caller;
import localcloud.clock.ManualClock;
import localcloud.compute.ApiAnswer;
import localcloud.compute.ApiCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Cloud Logging lists of the function's lines. */
class LoggingApiTest {
  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-22T12:00:00Z"));
  private final LogEntries entries = new LogEntries("demo", "slipway", clock);
  private final LoggingApi api = new LoggingApi(entries);

  @Test
  void aLineThatIsJsonIsAnEntryWithoutWhatThePlatformKnows() {
    entries.accept(
        """
        {"severity": "NOTICE", "time": "2026-11-22T11:59:58Z", "message": "m", "event": "e",
         "logging.googleapis.com/insertId": "i", "logging.googleapis.com/labels": {"a-b": "c"},
         "logging.googleapis.com/operation": {"id": "d-1", "first": true}}
        """
            .replace("\n", ""));

    JsonObject entry = listed("").get(0).getAsJsonObject();

    assertThat(entry.toString())
        .contains(
            "\"logName\":\"projects/demo/logs/run.googleapis.com%2Fstdout\"",
            "\"timestamp\":\"2026-11-22T11:59:58Z\"",
            "\"severity\":\"NOTICE\"",
            "\"insertId\":\"i\"",
            "\"labels\":{\"a-b\":\"c\"}",
            "\"operation\":{\"id\":\"d-1\",\"first\":true}",
            "\"jsonPayload\":{\"message\":\"m\",\"event\":\"e\"}",
            "\"type\":\"cloud_run_revision\"",
            "\"service_name\":\"slipway\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"SLF4J: no providers", "{\"hal", "[1]"})
  void anyOtherLineIsText(String line) {
    entries.accept(line);

    JsonObject entry = listed("").get(0).getAsJsonObject();
    assertThat(entry.get("textPayload").getAsString()).isEqualTo(line);
    assertThat(entry.get("timestamp").getAsString()).isEqualTo("2026-11-22T12:00:00Z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "resource.type=\"cloud_run_revision\" AND resource.labels.service_name=\"slipway\" | 3",
        "resource.labels.service_name=other | 0",
        "jsonPayload.event:* | 2",
        "jsonPayload.event=\"image.created\" | 1",
        "jsonPayload.event:created | 1",
        "jsonPayload.event!=image.created | 2",
        "severity>=WARNING | 1",
        "timestamp>=\"2026-11-22T12:00:02Z\" timestamp<\"2026-11-22T12:00:03Z\" | 1",
        "labels.\"slipway-target\"=site | 1",
      })
  void filtersCompareFields(String filter, int found) {
    line("{\"event\":\"image.created\",\"message\":\"a\"}");
    line(
        "{\"severity\":\"ERROR\",\"event\":\"x\",\"message\":\"b\","
            + "\"logging.googleapis.com/labels\":{\"slipway-target\":\"site\"}}");
    line("text");

    assertThat(listed(filter)).hasSize(found);
  }

  @Test
  void pagesAreByTimeTheOldestFirstUnlessTold() {
    for (int i = 0; i < 3; i++) {
      line("{\"message\":\"" + i + "\"}");
    }

    JsonObject first = answer("{'resourceNames':['projects/demo'],'pageSize':2}");
    JsonObject second =
        answer(
            "{'resourceNames':['projects/demo'],'pageSize':2,'pageToken':'"
                + first.get("nextPageToken").getAsString()
                + "'}");
    JsonObject newest =
        answer("{'resourceNames':['projects/demo'],'pageSize':1,'orderBy':'timestamp desc'}");

    assertThat(first.toString()).contains("{\"message\":\"0\"}", "{\"message\":\"1\"}");
    assertThat(second.toString()).contains("{\"message\":\"2\"}").doesNotContain("nextPageToken");
    assertThat(newest.toString()).contains("{\"message\":\"2\"}");
  }

  @Test
  void refusesStrangersAndWhatIsNotThere() {
    String body = "{'resourceNames':['projects/demo'],'filter':'a=b OR c=d'}";
    assertThat(call("entries:list", body, Caller.owner()).status()).isEqualTo(501);
    assertThat(call("entries:write", body, Caller.owner()).status()).isEqualTo(501);
    assertThat(call("entries:list", "{}", Caller.owner()).status()).isEqualTo(400);
    assertThat(call("entries:list", "no", Caller.owner()).status()).isEqualTo(400);

    ApiAnswer refused =
        call(
            "entries:list",
            body,
            Access.ownerOnly().caller("Bearer " + Access.token(Access.STRANGER)));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.json())
        .contains(
            "Permission 'logging.logEntries.list' denied on resource (or it may not exist).",
            "PERMISSION_DENIED");
  }

  private void line(String line) {
    entries.accept(line);
    clock.advance(Duration.ofSeconds(2));
  }

  private JsonArray listed(String filter) {
    JsonArray projects = new JsonArray();
    projects.add("projects/demo");
    JsonObject body = new JsonObject();
    body.add("resourceNames", projects);
    body.addProperty("filter", filter);
    JsonObject answer = answer(body.toString());
    return answer.has("entries") ? answer.getAsJsonArray("entries") : new JsonArray();
  }

  private JsonObject answer(String body) {
    ApiAnswer answer = call("entries:list", body, Caller.owner());
    assertThat(answer.status()).as(answer.json()).isEqualTo(200);
    return JsonParser.parseString(answer.json()).getAsJsonObject();
  }

  private ApiAnswer call(String method, String body, Caller caller) {
    return api.answer(
        new ApiCall(
            "POST", "/v2/" + method, Map.of(), body.replace('\'', '"').getBytes(UTF_8), caller));
  }
}
