package slipway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import localcloud.balancer.Load;
import localcloud.cli.SeededCloud;
import localcloud.events.FinalizeEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tarballs.Kind;
import tarballs.SimulatedDisk;

/** Versions that are healthy by their check, judged by the load balancer's share of 5xx. */
class AlarmedDeploymentTest {
  private static final int SPEED = 100;

  private static final String FILTER =
      "metric.type=\\\"loadbalancing.googleapis.com/https/request_count\\\" AND"
          + " resource.type=\\\"https_lb_rule\\\"";

  private static final String AGGREGATION =
      "[{\"alignmentPeriod\": \"60s\", \"perSeriesAligner\": \"ALIGN_RATE\","
          + " \"crossSeriesReducer\": \"REDUCE_SUM\"}]";

  private static final String POLICY =
      """
      {"displayName": "share of 5xx", "combiner": "OR", "conditions": [{"displayName": "above 3 %",
        "conditionThreshold": {"filter": "FILTER AND metric.labels.response_code_class=500",
          "denominatorFilter": "FILTER", "aggregations": AGGREGATION,
          "denominatorAggregations": AGGREGATION, "comparison": "COMPARISON_GT",
          "thresholdValue": 0.03, "duration": "60s",
          "evaluationMissingData": "EVALUATION_MISSING_DATA_INACTIVE"}}]}
      """
          .replace("FILTER", FILTER)
          .replace("AGGREGATION", AGGREGATION);

  private static final String TARGETS =
      """
      {"mir-riseos": {"prefix": "mir-riseos-", "alarms": ["POLICY"], CANARY,
        "groups": ["projects/demo/zones/us-west1-a/instanceGroupManagers/mir-riseos-group"]}}
      """;

  private static final String CANARY = "\"canary\": {\"size\": \"1\"}";
  private static final String AT_ONCE = "\"canary\": {\"size\": \"0\"}, \"maxSurge\": \"3\"";

  @TempDir Path folder;
  private SeededCloud cloud;
  private String policy;
  private Load load;

  @BeforeEach
  void start() throws Exception {
    cloud = new SeededCloud(folder, SPEED);
    policy = cloud.alertPolicy(POLICY);
    load = Load.start(cloud.site(), 60);
  }

  @AfterEach
  void stop() throws Exception {
    load.stop();
    cloud.close();
    assertThat(cloud.unknownRoutes()).isEmpty();
  }

  @Test
  void oneOfFiveRequestsThatFailPutsTheVersionBackWhileItIsACanary() throws Exception {
    // A policy that is younger than a soak says nothing of the time before.
    sleep(610);
    FinalizeEvent event = upload(SimulatedDisk.healthy("2").failingEvery(5));

    JsonObject record = swept(deliveries(CANARY), event);

    assertThat(text(record, "stage")).as(record.toString()).isEqualTo("rolled-back");
    JsonObject verdict = record.getAsJsonObject("verdict");
    JsonObject alert = cloud.monitoring("alerts").getAsJsonArray("alerts").get(0).getAsJsonObject();
    assertThat(text(verdict, "code")).isEqualTo("alarm");
    assertThat(text(verdict, "message"))
        .contains(text(alert, "name"), "\"share of 5xx\"", text(alert, "openTime"));
    assertThat(cloud.running()).hasSize(3).containsOnly("mir-riseos-1");
    assertThat(notes()).as("what the sweep handed on").isNotEmpty();

    // Whatever comes once more, and the same bytes under another name.
    JsonObject before = cloud.record(event);
    deliveries(CANARY).bringAsItIs(event);
    assertThat(cloud.record(event)).isEqualTo(before);
    JsonObject again =
        deliveries(CANARY).deploy(upload(SimulatedDisk.healthy("2").failingEvery(5)));
    assertThat(text(again.getAsJsonObject("verdict"), "code")).isEqualTo("held");
  }

  @Test
  void aFixIsDeployedWhileTheAlertThatItMendsIsOpen() throws Exception {
    cloud.version("ill", SimulatedDisk.healthy("1").failingEvery(4));
    cloud.roll("ill", 3);
    awaitOpenAlert();

    JsonObject record = deliveries(AT_ONCE).deploy(upload(SimulatedDisk.healthy("2")));

    assertThat(text(record, "stage")).as(record.toString()).isEqualTo("deployed");
    JsonObject alarms =
        record
            .getAsJsonArray("groups")
            .get(0)
            .getAsJsonObject()
            .getAsJsonObject("course")
            .getAsJsonObject("alarms");
    assertThat(alarms.getAsJsonArray("quiet")).isEmpty();
    assertThat(alarms.get("lagSeconds").getAsInt()).isEqualTo(390);
  }

  @ParameterizedTest
  @ValueSource(strings = {"'do':'answer','status':503", "'do':'reset'", "'do':'lose'"})
  void monitoringThatFailsNowAndThenChangesNothing(String how) throws Exception {
    cloud.strike(
        "{'seed':1,'rules':[{'on':'call','method':'monitoring.projects.*',"
            + "'caller':'local-function','probability':0.3,"
            + how
            + "}]}");
    FinalizeEvent event = upload(SimulatedDisk.healthy("2").failingEvery(2));

    Deliveries deliveries = deliveries(AT_ONCE);
    for (int i = 0; i < 60 && deliveries.isOpen(event); i++) {
      try {
        deliveries.bring(event);
      } catch (RuntimeException again) {
        assertThat(again).hasStackTraceContaining("monitoring").hasNoSuppressedExceptions();
      }
      sleep(60);
    }

    assertThat(
            cloud.calm().getAsJsonArray("rules").get(0).getAsJsonObject().get("struck").getAsInt())
        .isPositive();
    JsonObject record = cloud.record(event);
    assertThat(text(record.getAsJsonObject("verdict"), "code"))
        .as(record.toString())
        .isEqualTo("alarm");
    assertThat(cloud.running()).hasSize(3).containsOnly("mir-riseos-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"alertPolicies.get", "alerts.list", "snoozes.list"})
  void whatMonitoringRefusesForGoodIsToldBeforeAnythingIsMade(String method) throws Exception {
    cloud.strike(
        "{'rules':[{'on':'call','method':'monitoring.projects."
            + method
            + "','caller':'local-function','do':'refuse','status':403,'reason':'forbidden',"
            + "'message':'Permission monitoring."
            + method
            + " denied (or the resource may not exist).'}]}");
    FinalizeEvent event = upload(SimulatedDisk.healthy("2"));

    JsonObject record = deliveries(AT_ONCE).deploy(event);

    assertThat(text(record, "stage")).as(record.toString()).isEqualTo("misconfigured");
    JsonObject verdict = record.getAsJsonObject("verdict");
    assertThat(text(verdict, "code")).isEqualTo("permission-denied");
    assertThat(text(verdict, "message")).contains("monitoring." + method);
    assertThat(cloud.running()).containsOnly("mir-riseos-1");
  }

  /** Such a soak takes no call: a sweep each minute looks, and hands on what must change. */
  private JsonObject swept(Deliveries function, FinalizeEvent event) throws Exception {
    Set<String> brought = new HashSet<>();
    function.bring(event);
    for (int i = 0; i < 60 && function.isOpen(event); i++) {
      sleep(60);
      function.bringAsItIs(cloud.sweep());
      for (String note : notes()) {
        if (brought.add(note)) {
          function.bringAsItIs(cloud.uploaded(note));
        }
      }
    }
    return cloud.record(event);
  }

  private List<String> notes() throws Exception {
    return cloud.objects("mir-riseos").stream()
        .filter(one -> one.startsWith("handoff/mir-riseos-"))
        .toList();
  }

  private void sleep(int seconds) throws Exception {
    cloud.clock().sleepUntil(cloud.clock().instant().plusSeconds(seconds));
  }

  private void awaitOpenAlert() throws Exception {
    Instant end = cloud.clock().instant().plusSeconds(3600);
    while (!cloud.monitoring("alerts").has("alerts") && cloud.clock().instant().isBefore(end)) {
      sleep(30);
    }
    assertThat(cloud.monitoring("alerts").getAsJsonArray("alerts")).hasSize(1);
  }

  private Deliveries deliveries(String canary) throws Exception {
    String targets = TARGETS.replace("POLICY", policy).replace("CANARY", canary);
    return new Deliveries(cloud, Map.of("TARGETS", targets));
  }

  private FinalizeEvent upload(SimulatedDisk disk) throws Exception {
    return cloud.upload("mir-riseos-" + disk.version() + ".tar.gz", Kind.SPARSE, disk);
  }

  private static String text(JsonObject object, String key) {
    return object.get(key).getAsString();
  }
}
