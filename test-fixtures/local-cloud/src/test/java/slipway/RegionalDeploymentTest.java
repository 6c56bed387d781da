package slipway;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import localcloud.cli.SeededCloud;
import localcloud.clock.RunningClock;
import localcloud.events.FinalizeEvent;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tarballs.Kind;
import tarballs.SimulatedDisk;

/** The function with Google's clients against a group over three zones, over HTTP. */
class RegionalDeploymentTest {
  private static final String GROUPS = "regions/us-west1/instanceGroupManagers";
  private static final String TEMPLATE =
      "projects/demo/regions/us-west1/instanceTemplates/regional-1";

  @TempDir Path folder;
  private SeededCloud cloud;

  @BeforeEach
  void start() throws Exception {
    cloud = new SeededCloud(folder);
    cloud.create(
        "regions/us-west1/instanceTemplates",
        """
        {"name": "regional-1", "properties": {"machineType": "f1-micro",
          "networkInterfaces": [{"network": "global/networks/default"}],
          "disks": [{"boot": true, "initializeParams":
            {"sourceImage": "projects/demo/global/images/mir-riseos-1"}}]}}
        """);
  }

  @AfterEach
  void everyRouteThatWasAskedForIsThere() {
    cloud.close();
    assertThat(cloud.unknownRoutes()).isEmpty();
  }

  @Test
  void aGoodUploadRunsInEveryZoneFromATemplateOfTheRegion() throws Exception {
    group(3);

    JsonObject record = deploy(SimulatedDisk.healthy("2"), "3", "7200");

    assertThat(text(record, "stage")).isEqualTo("deployed");
    String template = newTemplate(record);
    assertThat(template).startsWith("projects/demo/regions/us-west1/instanceTemplates/");
    assertThat(runs(template)).hasSize(3).containsValues(1L);
  }

  @Test
  void aBadOneGoesBackEverywhere() throws Exception {
    group(3);

    JsonObject record = deploy(SimulatedDisk.healthy("2").unhealthy(), "3", "240");

    assertThat(text(record, "stage")).isEqualTo("rolled-back");
    assertThat(runs(TEMPLATE)).hasSize(3).containsValues(1L);
  }

  @Test
  void aThousandInstancesAreReplaced() throws Exception {
    RunningClock system = RunningClock.startingNow(1);
    Instant start = system.instant();
    group(1000);
    Instant made = system.instant();

    JsonObject record = deploy(SimulatedDisk.healthy("2"), "40%", "3600");

    Duration rolled = Duration.between(made, system.instant());
    System.out.printf(
        Locale.ROOT,
        "1000 instances over HTTP: made in %d ms, replaced in %d ms%n",
        Duration.between(start, made).toMillis(),
        rolled.toMillis());
    assertThat(text(record, "stage")).isEqualTo("deployed");
    Map<String, Long> zones = runs(newTemplate(record));
    assertThat(zones).containsOnlyKeys("us-west1-a", "us-west1-b", "us-west1-c");
    assertThat(zones.values()).containsExactlyInAnyOrder(334L, 333L, 333L);
  }

  /** Makes a group of this size and waits until all of it serves. */
  private void group(int size) throws Exception {
    cloud.create(
        GROUPS,
        """
        {"name": "over-zones", "baseInstanceName": "site", "instanceTemplate": "%s",
         "targetSize": %d, "autoHealingPolicies": [{"initialDelaySec": 60,
           "healthCheck": "projects/demo/global/healthChecks/mir-riseos-health"}]}
        """
            .replace("%s", TEMPLATE)
            .replace("%d", Integer.toString(size)));
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () ->
                cloud
                    .compute(GROUPS + "/over-zones")
                    .getAsJsonObject("status")
                    .get("isStable")
                    .getAsBoolean());
  }

  private JsonObject deploy(SimulatedDisk disk, String surge, String deadline) throws Exception {
    FinalizeEvent event = cloud.upload("site-2.tar.gz", Kind.SPARSE, disk);
    String targets =
        """
        {"site": {"prefix": "site-", "soakSeconds": 20, "progressDeadlineSeconds": DEADLINE,
          "maxSurge": "SURGE",
          "groups": ["projects/demo/regions/us-west1/instanceGroupManagers/over-zones"]}}
        """;
    Map<String, String> settings =
        Map.of("TARGETS", targets.replace("SURGE", surge).replace("DEADLINE", deadline));
    return new Deliveries(cloud, settings).deploy(event);
  }

  private static boolean isFinished(JsonObject record) {
    return !record.get("finishedAt").isJsonNull();
  }

  /** How many instances of each zone run this template and are healthy. */
  private Map<String, Long> runs(String template) throws Exception {
    List<JsonObject> instances = cloud.instances(GROUPS + "/over-zones");
    return instances.stream()
        .filter(one -> text(one, "currentAction").equals("NONE"))
        .filter(one -> text(one.getAsJsonObject("version"), "instanceTemplate").endsWith(template))
        .map(one -> text(one, "instance").replaceAll(".*/zones/([^/]+)/.*", "$1"))
        .collect(groupingBy(zone -> zone, counting()));
  }

  private static String newTemplate(JsonObject record) {
    return text(record.getAsJsonArray("groups").get(0).getAsJsonObject(), "newTemplate");
  }

  private static String text(JsonObject object, String key) {
    return object.get(key).getAsString();
  }
}
