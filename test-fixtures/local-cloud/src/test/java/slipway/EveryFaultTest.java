package slipway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import localcloud.cli.SeededCloud;
import localcloud.events.FinalizeEvent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tarballs.Kind;
import tarballs.SimulatedDisk;

/**
 * Each fault at each method that a deployment calls, recorded from a run; its event comes again
 * until it has ended. One cloud for all, an upload for each.
 */
class EveryFaultTest {
  private static final int MOST_DELIVERIES = 20;
  private static final Duration BETWEEN_DELIVERIES = Duration.ofSeconds(10);

  private static final String TARGETS =
      """
      {"mir-riseos": {"prefix": "mir-riseos-", "soakSeconds": 0, "maxSurge": "3",
        "canary": {"size": "0", "soakSeconds": 0}, "progressDeadlineSeconds": 600,
        "groups": ["projects/demo/zones/us-west1-a/instanceGroupManagers/mir-riseos-group"]}}
      """;

  @TempDir static Path folder;
  private static SeededCloud cloud;
  private static Set<String> methods;
  private static int uploads;

  @BeforeAll
  static void start() throws Exception {
    cloud = new SeededCloud(folder);
    cloud.strike(
        "{'rules':[{'on':'call','caller':'local-function','do':'delay','delaySeconds':0}]}");
    assertThat(deployed(upload())).isTrue();
    methods = methods(cloud.calm());
    System.out.println("a deployment calls " + methods);
    assertThat(methods).contains("Images.Insert", "InstanceGroupManagers.Patch");
  }

  @AfterAll
  static void stop() {
    cloud.close();
    assertThat(cloud.unknownRoutes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"'answer','status':429", "'answer','status':503", "'reset'", "'lose'"})
  void atEachMethodTheFirstCallAndOneLater(String fault) throws Exception {
    int struck = 0;
    for (String method : methods) {
      FinalizeEvent event = upload();
      cloud.strike(
          "{'rules':[{'on':'call','caller':'local-function','method':'"
              + method
              + "','nth':[1,3],'do':"
              + fault
              + "}]}");
      boolean deployed = deployed(event);
      long times = struck(cloud.calm());
      assertThat(times).as(method + " " + fault).isPositive();
      assertThat(deployed).as(method + " " + fault + ": " + cloud.record(event)).isTrue();
      struck += (int) times;
    }
    System.out.println(fault + ": " + methods.size() + " methods, struck " + struck + " times");
  }

  @Test
  void eachOperationThatFailsForGoodIsToldWithWhatToDo() throws Exception {
    int told = 0;
    for (String method : methods) {
      if (!method.endsWith(".Insert") && !method.endsWith(".Patch")) {
        continue;
      }
      FinalizeEvent event = upload();
      String operation = Character.toLowerCase(method.charAt(0)) + method.substring(1);
      operation = operation.replace(".Insert", ".insert").replace(".Patch", ".patch");
      cloud.strike(
          "{'rules':[{'on':'operation','method':'"
              + operation
              + "','do':'fail','code':'QUOTA_EXCEEDED','metric':'IMAGES','limit':1}]}");
      boolean deployed = deployed(event);
      assertThat(struck(cloud.calm())).as(method).isPositive();
      JsonElement nextStep = cloud.record(event).getAsJsonObject("verdict").get("nextStep");
      assertThat(nextStep.isJsonNull()).as(method + ": " + cloud.record(event)).isFalse();
      System.out.println(
          method + " fails: " + cloud.record(event).get("stage") + (deployed ? ", serves" : ""));
      told++;
    }
    assertThat(told).isGreaterThanOrEqualTo(3);
  }

  private static FinalizeEvent upload() throws Exception {
    uploads++;
    return cloud.upload(
        "mir-riseos-" + uploads + ".tar.gz",
        Kind.SPARSE,
        SimulatedDisk.healthy(Integer.toString(uploads)));
  }

  /** Whether it came to its good end, which the cloud's state then shows. */
  private static boolean deployed(FinalizeEvent event) throws Exception {
    Deliveries function = new Deliveries(cloud, Map.of("TARGETS", TARGETS));
    for (int delivery = 1; function.isOpen(event); delivery++) {
      try {
        function.bring(event);
      } catch (Exception comesAgain) {
        assertThat(delivery).as(comesAgain.toString()).isLessThan(MOST_DELIVERIES);
        cloud.clock().sleepUntil(cloud.clock().instant().plus(BETWEEN_DELIVERIES));
      }
    }
    JsonObject record = cloud.record(event);
    if (!record.get("stage").getAsString().equals("deployed")) {
      return false;
    }
    String id = record.get("id").getAsString();
    assertThat(cloud.running()).hasSize(3).allMatch(template -> template.startsWith(id + "-"));
    assertThat(cloud.objects("mir-riseos-private")).noneMatch(name -> name.startsWith("proven/"));
    return true;
  }

  private static Set<String> methods(JsonObject report) {
    Set<String> found = new TreeSet<>();
    for (JsonElement line : rule(report).getAsJsonArray("latest")) {
      found.add(line.getAsString().split(" ")[1]);
    }
    return found;
  }

  private static long struck(JsonObject report) {
    return rule(report).get("struck").getAsLong();
  }

  private static JsonObject rule(JsonObject report) {
    return report.getAsJsonArray("rules").get(0).getAsJsonObject();
  }
}
