package localcloud.compute;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The calls that gcloud and Terraform make of autoscalers, and those that are refused. */
class AutoscalerApiTest {
  private static final String ZONE = "zones/us-west1-a";
  private static final String TARGET = "projects/demo/" + ZONE + "/instanceGroupManagers/web";
  private static final String ROOT = "https://www.googleapis.com/compute/v1/";
  @TempDir Path folder;
  private ManualClock clock;
  private ComputeApi api;

  @BeforeEach
  void aGroup() throws Exception {
    clock = new ManualClock(Instant.parse("2026-11-22T12:00:00Z"));
    Site site = new Site("demo", clock, folder, new Disks(folder), Runnable::run);
    api = new ComputeApi(new World(site, new SimulatedMachines(clock), Pace.usual()));
    succeeds(
        "POST",
        "global/instanceTemplates",
        """
        {"name": "t", "properties": {"machineType": "f1-micro",
          "networkInterfaces": [{"network": "global/networks/default"}], "disks": [{"boot": true,
          "initializeParams": {"sourceImage": "global/images/i"}}]}}
        """);
    for (String name : new String[] {"web", "other"}) {
      succeeds(
          "POST",
          ZONE + "/instanceGroupManagers",
          "{\"name\": \""
              + name
              + "\", \"targetSize\": 3,"
              + " \"instanceTemplate\": \"global/instanceTemplates/t\"}");
    }
  }

  @Test
  void hasGooglesDefaultsAndFields() {
    insert("a", "");
    clock.advance(Duration.ofSeconds(1));
    JsonObject made = get(ZONE + "/autoscalers/a");
    made.remove("id");
    made.remove("creationTimestamp");
    assertThat(made)
        .isEqualTo(
            JsonParser.parseString(
                """
                {"kind": "compute#autoscaler", "name": "a", "status": "ACTIVE",
                 "recommendedSize": 3,
                 "autoscalingPolicy": {"minNumReplicas": 2, "maxNumReplicas": 5, "mode": "ON",
                   "coolDownPeriodSec": 60, "cpuUtilization": {"utilizationTarget": 0.6}},
                 "target": "ROOT/TARGET",
                 "selfLink": "ROOT/projects/demo/zones/us-west1-a/autoscalers/a",
                 "zone": "ROOT/projects/demo/zones/us-west1-a"}
                """
                    .replace("TARGET", TARGET)
                    .replace("ROOT/", ROOT)));
    assertThat(get(ZONE + "/instanceGroupManagers/web").getAsJsonObject("status").get("autoscaler"))
        .isEqualTo(get(ZONE + "/autoscalers/a").get("selfLink"));
  }

  @Test
  void aPatchNamesItInTheQueryAndMerges() {
    insert("a", "");
    succeeds(
        "PATCH",
        ZONE + "/autoscalers?autoscaler=a",
        "{\"autoscalingPolicy\": {\"mode\": \"OFF\", \"maxNumReplicas\": 9}}");
    JsonObject policy = get(ZONE + "/autoscalers/a").getAsJsonObject("autoscalingPolicy");
    assertThat(policy.get("mode").getAsString()).isEqualTo("OFF");
    assertThat(policy.get("minNumReplicas").getAsInt()).isEqualTo(2);
    assertThat(policy.get("maxNumReplicas").getAsInt()).isEqualTo(9);
  }

  @Test
  void anUpdateReplacesItWhole() {
    insert("a", ", \"mode\": \"OFF\"");
    succeeds(
        "PUT",
        ZONE + "/autoscalers?autoscaler=a",
        "{\"target\": \""
            + TARGET
            + "\", \"zone\": \"us-west1-a\","
            + " \"autoscalingPolicy\": {\"minNumReplicas\": 1, \"maxNumReplicas\": 4}}");
    JsonObject policy = get(ZONE + "/autoscalers/a").getAsJsonObject("autoscalingPolicy");
    assertThat(policy.get("mode").getAsString()).isEqualTo("ON");
    assertThat(policy.get("maxNumReplicas").getAsInt()).isEqualTo(4);
  }

  @Test
  void isListedInItsZoneAndAmongAll() {
    insert("a", "");
    assertThat(get(ZONE + "/autoscalers").getAsJsonArray("items")).hasSize(1);
    assertThat(get("zones/us-west1-b/autoscalers").has("items")).isFalse();
    JsonObject regional = get("regions/us-west1/autoscalers");
    assertThat(regional.get("kind").getAsString()).isEqualTo("compute#regionAutoscalerList");
    JsonObject all = get("aggregated/autoscalers").getAsJsonObject("items");
    assertThat(all.getAsJsonObject(ZONE).getAsJsonArray("autoscalers")).hasSize(1);
    assertThat(all.getAsJsonObject("regions/us-west1").has("warning")).isTrue();
    succeeds("DELETE", ZONE + "/autoscalers/a", "");
    assertThat(call("GET", ZONE + "/autoscalers/a", "").status()).isEqualTo(404);
  }

  @Test
  void aGroupHasAtMostOne() {
    insert("a", "");
    ApiAnswer second = call("POST", ZONE + "/autoscalers", body("b", TARGET, ""));
    assertThat(second.status()).isEqualTo(400);
    assertThat(second.json())
        .contains("resourceInUseByAnotherResource", "autoscalers/a")
        .contains("is already being used by");
    insert("b", TARGET.replace("web", "other"), "");
    ApiAnswer moved =
        call("PATCH", ZONE + "/autoscalers?autoscaler=b", "{\"target\": \"" + TARGET + "\"}");
    assertThat(moved.status()).isEqualTo(400);
  }

  @Test
  void onlyItMayResizeItsGroup() {
    insert("a", "");
    String resize = ZONE + "/instanceGroupManagers/web/resize?size=4";
    ApiAnswer refused = call("POST", resize, "");
    assertThat(refused.status()).isEqualTo(412);
    assertThat(refused.json())
        .contains("conditionNotMet", "remove the autoscaler or set autoscaling policy mode to OFF");
    String group = ZONE + "/instanceGroupManagers/web";
    assertThat(call("PATCH", group, "{\"targetSize\": 4}").status()).isEqualTo(412);
    succeeds("PATCH", group, "{\"targetSize\": 3, \"description\": \"the same size\"}");
    succeeds(
        "PATCH",
        ZONE + "/autoscalers?autoscaler=a",
        "{\"autoscalingPolicy\": {\"mode\": \"OFF\"}}");
    succeeds("POST", resize, "");
  }

  @Test
  void itsGroupMustBeThereAndInItsPlace() {
    refuses(TARGET.replace("web", "none"), "", 404, "instanceGroupManagers/none' was not found");
    refuses(TARGET.replace("-a/", "-b/"), "", 400, "resource.target");
    refuses("", "", 400, "resource.target");
    ApiAnswer regional = call("POST", "regions/us-west1/autoscalers", body("a", TARGET, ""));
    assertThat(regional.status()).isEqualTo(400);
    String elsewhere = TARGET.replace("zones/us-west1-a", "regions/us-west1");
    ApiAnswer none = call("POST", "regions/us-west1/autoscalers", body("a", elsewhere, ""));
    assertThat(none.status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"maxNumReplicas\": 1 | maxNumReplicas",
        "\"minNumReplicas\": -1 | minNumReplicas",
        "\"coolDownPeriodSec\": -1 | coolDownPeriodSec",
        "\"mode\": \"SOMETIMES\" | mode",
        "\"cpuUtilization\": {\"utilizationTarget\": 0} | utilizationTarget",
        "\"cpuUtilization\": {\"utilizationTarget\": 1.1} | utilizationTarget",
        "\"scaleInControl\": {\"maxScaledInReplicas\": {\"fixed\": 1}} | timeWindowSec",
        "\"scaleInControl\": {\"timeWindowSec\": 60, \"maxScaledInReplicas\": {\"percent\": 101}}"
            + " | maxScaledInReplicas",
      })
  void refusesWhatCannotWork(String policy, String field) {
    refuses(TARGET, ", " + policy, 400, field);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"loadBalancingUtilization\": {\"utilizationTarget\": 0.8} | loadBalancingUtilization",
        "\"customMetricUtilizations\": [{\"metric\": \"m\"}] | customMetricUtilizations",
        "\"scalingSchedules\": {\"s\": {\"schedule\": \"0 8 * * *\"}} | scalingSchedules",
        "\"cpuUtilization\": {\"predictiveMethod\": \"OPTIMIZE_AVAILABILITY\"} | predictiveMethod",
        "\"minNumReplicas\": null | minNumReplicas",
      })
  void refusesWhatItWouldForget(String policy, String field) {
    refuses(TARGET, ", " + policy, 501, field);
  }

  private void refuses(String target, String policy, int status, String text) {
    ApiAnswer answer = call("POST", ZONE + "/autoscalers", body("a", target, policy));
    assertThat(answer.status()).as(answer.json()).isEqualTo(status);
    assertThat(answer.json()).contains(text);
  }

  private void insert(String name, String policy) {
    insert(name, TARGET, policy);
  }

  private void insert(String name, String target, String policy) {
    succeeds("POST", ZONE + "/autoscalers", body(name, target, policy));
  }

  /** What the policy says twice, it says last. */
  private static String body(String name, String target, String policy) {
    String at = target.isEmpty() ? "" : "\"target\": \"" + target + "\",";
    return "{\"name\": \""
        + name
        + "\","
        + at
        + "\"autoscalingPolicy\": {\"minNumReplicas\": 2, \"maxNumReplicas\": 5"
        + policy
        + "}}";
  }

  private JsonObject get(String path) {
    return succeeds("GET", path, "");
  }

  private JsonObject succeeds(String verb, String path, String body) {
    ApiAnswer answer = call(verb, path, body);
    assertThat(answer.status()).as(answer.json()).isEqualTo(200);
    return JsonParser.parseString(answer.json()).getAsJsonObject();
  }

  private ApiAnswer call(String verb, String path, String body) {
    String[] parts = path.split("\\?", 2);
    Map<String, String> query = Map.of();
    if (parts.length == 2) {
      String[] pair = parts[1].split("=", 2);
      query = Map.of(pair[0], pair[1]);
    }
    return api.answer(
        new ApiCall(
            verb,
            "/compute/v1/projects/demo/" + parts[0],
            query,
            body.getBytes(StandardCharsets.UTF_8)));
  }
}
