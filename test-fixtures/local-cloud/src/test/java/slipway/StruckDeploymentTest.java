package slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.StreamSupport;
import localcloud.cli.SeededCloud;
import localcloud.events.FinalizeEvent;
import localcloud.events.FunctionInstances;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tarballs.Kind;
import tarballs.SimulatedDisk;

/**
 * The function with Google's clients, while the cloud fails it: deliveries come until it is done.
 */
class StruckDeploymentTest {
  private static final int MOST_DELIVERIES = 40;

  /** The platform's first wait. */
  private static final Duration BETWEEN_DELIVERIES = Duration.ofSeconds(10);

  private static final String AT_ONCE =
      """
      {"mir-riseos": {"prefix": "mir-riseos-", "soakSeconds": 5, "canary": {"size": "0"},
        "maxSurge": "3", "progressDeadlineSeconds": 300,
        "groups": ["projects/demo/zones/us-west1-a/instanceGroupManagers/mir-riseos-group"]}}
      """;

  @TempDir Path folder;
  private SeededCloud cloud;

  @BeforeEach
  void start() throws Exception {
    cloud = new SeededCloud(folder);
  }

  @AfterEach
  void everyRouteThatWasAskedForIsThere() {
    cloud.close();
    assertThat(cloud.unknownRoutes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aMixOfFaultsEndsInTheOneRightDeployment(int seed) throws Exception {
    FinalizeEvent event = upload();
    cloud.strike(
        "{'seed':"
            + seed
            + ",'rules':["
            + compute("'probability':0.08,'do':'answer','status':503")
            + compute("'probability':0.04,'do':'answer','status':429")
            + compute("'probability':0.05,'do':'reset'")
            + compute("'probability':0.05,'do':'lose'")
            + storage("'nth':4,'do':'answer','status':503")
            + storage("'nth':9,'do':'lose'")
            + storage("'nth':14,'do':'reset'")
            + storage("'nth':20,'do':'answer','status':429")
            + "{'on':'call','method':'storage.objects.get','caller':'local-function','nth':3,"
            + "'do':'cut-answer','afterBytes':100},"
            + "{'on':'operation','probability':0.2,'do':'slow','seconds':45},"
            + "{'on':'creation','probability':0.4,'atMost':4,'do':'fail',"
            + "'code':'ZONE_RESOURCE_POOL_EXHAUSTED'},"
            + "{'on':'machine','probability':0.3,'atMost':1,'do':'boot-slowly','seconds':40}]}");

    int deliveries = deployUntilTaken(event);

    JsonObject struck = cloud.calm();
    System.out.println("seed " + seed + ": " + deliveries + " deliveries, struck " + sum(struck));
    assertThat(sum(struck)).isPositive();
    assertDeployedOnce(event);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"images.insert", "instanceTemplates.insert", "instanceGroupManagers.patch"})
  void anOperationThatFailsOnceForNoReasonIsDoneAgain(String method) throws Exception {
    FinalizeEvent event = upload();
    cloud.strike(
        "{'rules':[{'on':'operation','method':'"
            + method
            + "','nth':1,'do':'fail','code':'INTERNAL_ERROR','httpStatus':0}]}");

    deployUntilTaken(event);

    assertThat(sum(cloud.calm())).isEqualTo(1);
    assertDeployedOnce(event);
  }

  @Test
  void aQuotaForGoodIsToldInTheRecord() throws Exception {
    FinalizeEvent event = upload();
    cloud.strike(
        "{'rules':[{'on':'operation','method':'images.insert','do':'fail',"
            + "'code':'QUOTA_EXCEEDED','metric':'IMAGES','limit':100}]}");

    deployUntilTaken(event);

    cloud.calm();
    JsonObject record = cloud.record(event);
    JsonObject verdict = record.getAsJsonObject("verdict");
    assertThat(text(record, "stage")).isEqualTo("misconfigured");
    assertThat(text(verdict, "message"))
        .contains("Quota 'IMAGES' exceeded.  Limit: 100.0 globally.");
    assertThat(text(verdict, "nextStep")).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "received | 'storage.objects.get','resource':'mir-riseos/*','nth':1 | hold-before",
        "proven | 'Images.Insert','nth':1 | hold-after",
        "image-ready | 'InstanceTemplates.Insert','nth':1 | hold-after",
        "template-ready | 'InstanceGroupManagers.ListManagedInstances','nth':1 | hold-after",
        "template-ready | 'InstanceGroupManagers.Patch','nth':1 | hold-before",
        "rolling | 'InstanceGroupManagers.ListManagedInstances','nth':2 | hold-after",
        "soaking | 'Images.Patch','nth':1 | hold-before"
      })
  void aProcessThatIsKilledInAnyStageIsFollowedByOneThatFinishes(
      String stage, String method, String boundary) throws Exception {
    FunctionInstances function = cloud.invoker("invoker-1.4.jar");
    FinalizeEvent event = upload();

    killAt("'method':" + method + ",'do':'" + boundary + "'", stage, function, event);

    finish(function, event);
    assertDeployedOnce(event);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hold-before", "hold-after"})
  void aProcessThatIsKilledOnTheWayBackIsFollowedByOneThatGoesBack(String boundary)
      throws Exception {
    FunctionInstances function = cloud.invoker("invoker-1.4.jar", Map.of("TARGETS", AT_ONCE));
    FinalizeEvent event =
        cloud.upload("mir-riseos-2.tar.gz", Kind.SPARSE, SimulatedDisk.healthy("2").unhealthy());

    String at = "'method':'InstanceGroupManagers.Patch','nth':2";
    killAt(at + ",'do':'" + boundary + "'", "rolling-back", function, event);

    finish(function, event);
    JsonObject record = cloud.record(event);
    assertThat(text(record, "stage")).as(record.toString()).isEqualTo("rolled-back");
    assertThat(cloud.running()).hasSize(3).containsOnly("mir-riseos-1");
  }

  /** The function's process ends at this call, when the deployment is in this stage. */
  private void killAt(String call, String stage, FunctionInstances function, FinalizeEvent event)
      throws Exception {
    cloud.strike("{'rules':[{'on':'call','caller':'local-function'," + call + ",'then':'end'}]}");
    ExecutorService calls = Executors.newSingleThreadExecutor();
    // On a busy machine a call's time may end before.
    Future<Integer> post = calls.submit(() -> deliver(function, event));
    calls.shutdown();
    await().atMost(Duration.ofSeconds(60)).until(() -> cloud.held() == 1);
    assertThat(text(cloud.record(event), "stage")).isEqualTo(stage);
    cloud.killFunction();
    await().atMost(Duration.ofSeconds(60)).until(post::isDone);
    cloud.calm();
    assertThatThrownBy(post::get).hasCauseInstanceOf(IOException.class);
  }

  private int deliver(FunctionInstances function, FinalizeEvent event) throws Exception {
    Deliveries deliveries = new Deliveries(cloud, Map.of());
    int status;
    do {
      status = function.post(Deliveries.present(cloud, event));
    } while (status == 200 && deliveries.isOpen(event));
    return status;
  }

  private void finish(FunctionInstances function, FinalizeEvent event) throws Exception {
    Deliveries deliveries = new Deliveries(cloud, Map.of());
    do {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> function.post(Deliveries.present(cloud, event)) == 200);
    } while (deliveries.isOpen(event));
  }

  private static String compute(String rule) {
    return "{'on':'call','resource':'projects/*','caller':'local-function'," + rule + "},";
  }

  /**
   * Never two in a row: the storage client waits in the system's seconds, of which a call has only
   * eleven here, where cloud time runs 50 times as fast.
   */
  private static String storage(String rule) {
    return "{'on':'call','method':'storage.*','caller':'local-function'," + rule + "},";
  }

  private FinalizeEvent upload() throws Exception {
    return cloud.upload("mir-riseos-2.tar.gz", Kind.SPARSE, SimulatedDisk.healthy("2"));
  }

  /** Returns how many deliveries it took. */
  private int deployUntilTaken(FinalizeEvent event) throws Exception {
    Deliveries function = new Deliveries(cloud, Map.of());
    for (int delivery = 1; ; delivery++) {
      try {
        function.bring(event);
        if (!function.isOpen(event)) {
          return delivery;
        }
      } catch (Exception comesAgain) {
        System.out.println("delivery " + delivery + ": " + comesAgain);
        if (delivery == MOST_DELIVERIES) {
          throw comesAgain;
        }
        cloud.clock().sleepUntil(cloud.clock().instant().plus(BETWEEN_DELIVERIES));
      }
    }
  }

  private void assertDeployedOnce(FinalizeEvent event) throws Exception {
    JsonObject record = cloud.record(event);
    assertThat(text(record, "stage")).as(record.toString()).isEqualTo("deployed");
    JsonObject group = record.getAsJsonArray("groups").get(0).getAsJsonObject();
    String template = text(group, "newTemplate");
    assertThat(text(group, "previousTemplate")).endsWith("/mir-riseos-1");
    assertThat(cloud.running())
        .hasSize(3)
        .containsOnly(template.substring(template.lastIndexOf('/') + 1));
    assertThat(text(cloud.compute("global/images/family/mir-riseos"), "name"))
        .isEqualTo(text(record, "id"));
    assertThat(cloud.compute("global/images").getAsJsonArray("items")).hasSize(2);
    assertThat(cloud.compute("global/instanceTemplates").getAsJsonArray("items")).hasSize(2);
    assertThat(cloud.objects("mir-riseos-private")).noneMatch(name -> name.startsWith("proven/"));
  }

  private static long sum(JsonObject report) {
    Iterable<JsonElement> rules = report.getAsJsonArray("rules");
    return StreamSupport.stream(rules.spliterator(), false)
        .mapToLong(rule -> rule.getAsJsonObject().get("struck").getAsLong())
        .sum();
  }

  private static String text(JsonObject object, String key) {
    return object.get(key).getAsString();
  }
}
