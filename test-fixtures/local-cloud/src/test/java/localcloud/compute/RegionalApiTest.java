package localcloud.compute;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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

/** What a regional group's answers hold, beyond what gcloud looks at. */
class RegionalApiTest {
  private static final String HOME = "/compute/v1/projects/demo/";
  private static final String GROUPS = "regions/us-west1/instanceGroupManagers";
  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-22T12:00:00Z"));
  @TempDir Path folder;
  private ComputeApi api;

  @BeforeEach
  void prepare() throws Exception {
    Disks disks = new Disks(folder);
    api =
        new ComputeApi(
            new World(
                new Site("demo", clock, folder, disks, Runnable::run),
                new SimulatedMachines(clock),
                Pace.usual()));
    String source = disks.uploadSimulated("a", "{\"version\":\"1\",\"bootSeconds\":0}");
    post("global/images", "{\"name\":\"a\",\"rawDisk\":{\"source\":\"" + source + "\"}}");
    clock.advance(Duration.ofSeconds(30));
    post(
        "regions/us-west1/instanceTemplates",
        """
        {"name": "t", "properties": {"machineType": "f1-micro",
          "networkInterfaces": [{"network": "global/networks/default"}], "disks": [
          {"boot": true, "initializeParams": {"sourceImage": "global/images/a"}}]}}
        """);
    post(
        GROUPS,
        """
        {"name": "g", "targetSize": 4, "instanceTemplate": "regions/us-west1/instanceTemplates/t",
         "listManagedInstancesResults": "PAGINATED"}
        """);
    clock.advance(Duration.ofSeconds(60));
  }

  @Test
  void instancesComeInPagesIfTheGroupSaysSo() {
    String list = GROUPS + "/g/listManagedInstances";
    JsonObject first = json(call("POST", list, Map.of("maxResults", "3"), ""));
    assertThat(first.getAsJsonArray("managedInstances")).hasSize(3);
    JsonObject second =
        json(call("POST", list, Map.of("pageToken", first.get("nextPageToken").getAsString()), ""));
    assertThat(second.getAsJsonArray("managedInstances")).hasSize(1);
    assertThat(second.has("nextPageToken")).isFalse();

    json(call("PATCH", GROUPS + "/g", Map.of(), "{\"listManagedInstancesResults\":\"PAGELESS\"}"));
    JsonObject whole = json(call("POST", list, Map.of("maxResults", "3"), ""));
    assertThat(whole.getAsJsonArray("managedInstances")).hasSize(4);
  }

  @Test
  void operationsAndListsAreTheRegions() {
    JsonObject resized = json(call("POST", GROUPS + "/g/resize", Map.of("size", "5"), ""));
    assertThat(resized.get("region").getAsString()).endsWith("/projects/demo/regions/us-west1");
    String operation = "regions/us-west1/operations/" + resized.get("name").getAsString();
    assertThat(json(call("POST", operation + "/wait", Map.of(), "")).get("status").getAsString())
        .isEqualTo("DONE");
    assertThat(json(call("GET", "regions/us-west1/operations", Map.of(), "")).get("items"))
        .isInstanceOf(JsonArray.class);
    JsonObject list = json(call("GET", GROUPS, Map.of(), ""));
    assertThat(list.get("kind").getAsString()).isEqualTo("compute#instanceGroupManagerList");
    JsonObject everywhere =
        json(call("GET", "aggregated/instanceGroupManagers", Map.of(), ""))
            .getAsJsonObject("items");
    assertThat(everywhere.getAsJsonObject("regions/us-west1").has("instanceGroupManagers"))
        .isTrue();
    assertThat(everywhere.getAsJsonObject("zones/us-west1-a").has("warning")).isTrue();
  }

  @Test
  void theConsoleOfAnInstanceInAnyZoneIsReadOnFromWhereOneStopped() {
    JsonArray members =
        json(call("POST", GROUPS + "/g/listManagedInstances", Map.of(), ""))
            .getAsJsonArray("managedInstances");
    assertThat(members).hasSize(4);
    members.forEach(
        member -> {
          String instance = member.getAsJsonObject().get("instance").getAsString();
          String port = instance.substring(instance.indexOf("zones/")) + "/serialPort";
          JsonObject all = json(call("GET", port, Map.of(), ""));
          assertThat(all.get("contents").getAsString()).endsWith("version 1: booted\n");
          String next = all.get("next").getAsString();
          JsonObject later = json(call("GET", port, Map.of("start", next), ""));
          assertThat(later.get("contents").getAsString()).isEmpty();
          assertThat(later.get("start").getAsString()).isEqualTo(next);
        });
  }

  private void post(String path, String body) {
    json(call("POST", path, Map.of(), body));
  }

  private ApiAnswer call(String verb, String path, Map<String, String> query, String body) {
    return api.answer(new ApiCall(verb, HOME + path, query, body.getBytes(StandardCharsets.UTF_8)));
  }

  private static JsonObject json(ApiAnswer answer) {
    assertThat(answer.status()).as(answer.json()).isEqualTo(200);
    return JsonParser.parseString(answer.json()).getAsJsonObject();
  }
}
