package localcloud.compute;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.compute.v1.FixedOrPercent;
import com.google.cloud.compute.v1.InstanceGroupManager;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import localcloud.clock.ManualClock;
import localcloud.machines.SimulatedMachines;
import localcloud.world.Site;
import localcloud.world.World;
import localcloud.world.images.Disks;
import localcloud.world.operations.Pace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fields and envelopes as they were recorded from the real service. */
class ComputeApiTest {
  private static final String HOME = "/compute/v1/projects/demo/";
  private static final String ROOT = "https://www.googleapis.com/compute/v1/projects/demo/";
  private static final String CHECK =
      "{\"name\":\"h\",\"type\":\"HTTP\",\"httpHealthCheck\":{\"port\":80}}";
  @TempDir Path folder;
  private ComputeApi api;

  @BeforeEach
  void prepare() throws Exception {
    ManualClock clock = new ManualClock(Instant.parse("2026-11-22T12:00:00Z"));
    Site site = new Site("demo", clock, folder, new Disks(folder), Runnable::run);
    api = new ComputeApi(new World(site, new SimulatedMachines(clock), Pace.usual()));
  }

  @Test
  void tellsWhatIsNotFoundInGooglesEnvelope() {
    ApiAnswer answer = call("GET", "global/images/x", "alt=json", "");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.unknown()).isEmpty();
    assertThat(json(answer))
        .isEqualTo(
            JsonParser.parseString(
                """
                {"error": {"code": 404,
                  "errors": [{"domain": "global", "reason": "notFound",
                    "message": "The resource 'projects/demo/global/images/x' was not found"}],
                  "message": "The resource 'projects/demo/global/images/x' was not found"}}
                """));
  }

  @Test
  void anOperationHasTheFieldsOfTheRealOne() {
    JsonObject running = json(call("POST", "global/healthChecks", "", CHECK));
    assertThat(running.keySet())
        .containsExactlyInAnyOrder(
            "id",
            "insertTime",
            "kind",
            "name",
            "operationType",
            "progress",
            "selfLink",
            "startTime",
            "status",
            "targetId",
            "targetLink",
            "user");
    assertThat(running.get("id").getAsJsonPrimitive().isString()).isTrue();
    assertThat(running.get("progress").getAsInt()).isZero();
    String wait = "global/operations/" + running.get("name").getAsString() + "/wait";
    JsonObject done = json(call("POST", wait, "", ""));
    assertThat(done.get("status").getAsString()).isEqualTo("DONE");
    assertThat(done.get("progress").getAsInt()).isEqualTo(100);
    assertThat(done.has("endTime")).isTrue();
  }

  @Test
  void aHealthCheckHasTheFieldsOfTheRealOne() {
    call("POST", "global/healthChecks", "", CHECK);
    JsonObject check = json(call("GET", "global/healthChecks/h", "", ""));
    check.remove("id");
    check.remove("creationTimestamp");
    assertThat(check)
        .isEqualTo(
            JsonParser.parseString(
                """
                {"checkIntervalSec": 5, "healthyThreshold": 2, "kind": "compute#healthCheck",
                 "httpHealthCheck": {"port": 80, "proxyHeader": "NONE", "requestPath": "/"},
                 "name": "h", "timeoutSec": 5, "type": "HTTP", "unhealthyThreshold": 2,
                 "selfLink": "%sglobal/healthChecks/h"}
                """
                    .replace("%s", ROOT)));
  }

  @Test
  void refusesFieldsThatGoogleDoesNotKnow() {
    ApiAnswer body = call("POST", "global/images", "", "{\"nmae\":\"x\"}");
    assertThat(body.status()).isEqualTo(400);
    assertThat(message(body))
        .isEqualTo("Invalid JSON payload received. Unknown name \"nmae\": Cannot find field.");
    ApiAnswer query = call("GET", "global/images", "maxResult=1", "");
    assertThat(query.status()).isEqualTo(400);
    assertThat(message(query)).contains("Unknown name \"maxResult\": Cannot bind query parameter.");
    assertThat(call("GET", "global/images", "key=k&prettyPrint=false&fields=items", "").status())
        .isEqualTo(200);
  }

  @Test
  void signalsWhatItDoesNotHave() {
    ApiAnswer method = call("GET", "global/interconnects", "", "");
    assertThat(method.status()).isEqualTo(501);
    assertThat(method.unknown()).contains("The local cloud does not have Interconnects.List.");
    assertThat(call("GET", "nonsense", "", "").unknown()).isPresent();
    ApiAnswer part =
        call(
            "POST",
            "global/images",
            "",
            "{\"name\":\"x\",\"sourceSnapshot\":\"global/snapshots/y\"}");
    assertThat(part.status()).isEqualTo(501);
    assertThat(part.unknown()).isPresent();
  }

  @Test
  void knowsOneProjectAndItsZones() {
    assertThat(json(call("GET", "zones", "", "")).getAsJsonArray("items")).hasSize(7);
    assertThat(json(call("GET", "regions", "", "")).getAsJsonArray("items")).hasSize(2);
    ApiCall elsewhere =
        new ApiCall("GET", "/compute/v1/projects/other/global/images/x", Map.of(), new byte[0]);
    assertThat(message(api.answer(elsewhere)))
        .isEqualTo("The resource 'projects/other' was not found");
    assertThat(message(call("GET", "zones/mars-a", "", "")))
        .isEqualTo("The resource 'projects/demo/zones/mars-a' was not found");
    ApiAnswer inside = call("GET", "zones/us-west1/instances", "", "");
    assertThat(inside.status()).isEqualTo(400);
    assertThat(message(inside))
        .isEqualTo("Invalid value for field 'zone': 'us-west1'. Unknown zone.");
    assertThat(message(call("GET", "regions/mars/operations", "", "")))
        .isEqualTo("Invalid value for field 'region': 'mars'. Unknown region.");
  }

  @Test
  void refusesACallThatLacksAParameter() {
    String resize = "zones/us-west1-a/instanceGroupManagers/web/resize";
    ApiAnswer answer = call("POST", resize, "", "");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(message(answer)).isEqualTo("Required field 'size' not specified");
    assertThat(call("POST", resize, "size=0", "").status()).isEqualTo(404);
  }

  @Test
  void refusesNamedPortsInAPatch() {
    ApiAnswer answer =
        call("PATCH", "zones/us-west1-a/instanceGroupManagers/web", "", "{\"namedPorts\":[]}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(message(answer)).contains("Named ports are immutable");
  }

  @Test
  void refusesAHealthCheckBeyondGooglesLimits() {
    String[] beyond = {
      "\"checkIntervalSec\":301", "\"timeoutSec\":6", "\"healthyThreshold\":11", "\"timeoutSec\":0"
    };
    for (String field : beyond) {
      ApiAnswer answer =
          call(
              "POST", "global/healthChecks", "", CHECK.replace("{\"name", "{" + field + ",\"name"));
      assertThat(answer.status()).as(field).isEqualTo(400);
    }
    ApiAnswer icmp = call("POST", "global/healthChecks", "", CHECK.replace("\"HTTP\"", "\"ICMP\""));
    assertThat(icmp.status()).isEqualTo(400);
    assertThat(message(icmp)).contains("'resource.type': 'ICMP'");
  }

  @Test
  void aHealthCheckKeepsItsName() {
    call("POST", "global/healthChecks", "", CHECK);
    for (String verb : new String[] {"PATCH", "PUT"}) {
      ApiAnswer answer =
          call(verb, "global/healthChecks/h", "", CHECK.replace("\"h\"", "\"other\""));
      assertThat(answer.status()).isEqualTo(400);
      assertThat(message(answer)).contains("'resource.name': 'other'");
    }
    assertThat(call("PATCH", "global/healthChecks/h", "", "{\"checkIntervalSec\":9}").status())
        .isEqualTo(200);
    JsonObject check = json(call("GET", "global/healthChecks/h", "", ""));
    assertThat(check.get("checkIntervalSec").getAsInt()).isEqualTo(9);
  }

  @Test
  void aPatchThatNamesAPercentageDropsTheFixedNumberAndBack() {
    InstanceGroupManager.Builder fixed = InstanceGroupManager.newBuilder();
    fixed.getUpdatePolicyBuilder().getMaxSurgeBuilder().setFixed(1);
    InstanceGroupManager percent = Json.patched(fixed.build(), surge("percent"));
    assertThat(percent.getUpdatePolicy().getMaxSurge())
        .isEqualTo(FixedOrPercent.newBuilder().setPercent(20).build());
    assertThat(Json.patched(percent, surge("fixed")).getUpdatePolicy().getMaxSurge())
        .isEqualTo(FixedOrPercent.newBuilder().setFixed(20).build());
  }

  private static JsonObject surge(String kind) {
    return JsonParser.parseString("{\"updatePolicy\":{\"maxSurge\":{\"" + kind + "\":20}}}")
        .getAsJsonObject();
  }

  @Test
  void aForgottenOperationIsGone() {
    JsonObject running = json(call("POST", "global/healthChecks", "", CHECK));
    String operation = "global/operations/" + running.get("name").getAsString();
    ApiAnswer answer = call("DELETE", operation, "", "");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(json(answer).size()).isZero();
    assertThat(call("GET", operation, "", "").status()).isEqualTo(404);
    assertThat(call("DELETE", operation, "", "").status()).isEqualTo(404);
  }

  @Test
  void listsInPagesAndByFilter() {
    for (String name : new String[] {"a", "b", "c"}) {
      call("POST", "global/healthChecks", "", CHECK.replace("\"h\"", "\"" + name + "\""));
    }
    JsonObject first = json(call("GET", "global/healthChecks", "maxResults=2", ""));
    assertThat(first.getAsJsonArray("items")).hasSize(2);
    String next = first.get("nextPageToken").getAsString();
    JsonObject second = json(call("GET", "global/healthChecks", "pageToken=" + next, ""));
    assertThat(second.getAsJsonArray("items")).hasSize(1);
    assertThat(second.has("nextPageToken")).isFalse();
    assertThat(filtered("name = b")).isEqualTo(1);
    assertThat(filtered("name eq \"a|c\"")).isEqualTo(2);
    assertThat(filtered("(name=a) OR (name=b)")).isEqualTo(2);
    assertThat(filtered("name!=a type=HTTP")).isEqualTo(2);
    assertThat(filtered("name > a")).isEqualTo(2);
    assertThat(call("GET", "global/healthChecks", "filter=name ~ 3", "").status()).isEqualTo(400);
  }

  private int filtered(String filter) {
    JsonObject list = json(call("GET", "global/healthChecks", "filter=" + filter, ""));
    return list.getAsJsonArray("items").size();
  }

  /** The query is given as it stands in a URL, without escapes. */
  private ApiAnswer call(String verb, String path, String query, String body) {
    Map<String, String> parameters = new HashMap<>();
    for (String one : query.isEmpty() ? new String[0] : query.split("&", -1)) {
      String[] parts = one.split("=", 2);
      parameters.put(parts[0], parts[1]);
    }
    return api.answer(
        new ApiCall(verb, HOME + path, parameters, body.getBytes(StandardCharsets.UTF_8)));
  }

  private static JsonObject json(ApiAnswer answer) {
    return JsonParser.parseString(answer.json()).getAsJsonObject();
  }

  private static String message(ApiAnswer answer) {
    return json(answer).getAsJsonObject("error").get("message").getAsString();
  }
}
