package slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import localcloud.cli.SeededCloud;
import localcloud.events.FinalizeEvent;
import localcloud.events.FunctionInstances;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tarballs.Kind;
import tarballs.SimulatedDisk;

/** The function with Google's clients against the local cloud, over HTTP. */
class DeploymentTest {
  private static final String TARGETS =
      """
      {"mir-riseos": {"prefix": "mir-riseos-", "soakSeconds": 20, "progressDeadlineSeconds": 300,
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

  @Test
  void aGoodUploadRunsEverywhereAndBecomesItsFamily() throws Exception {
    FinalizeEvent event =
        cloud.upload("mir-riseos-2.tar.gz", Kind.MANY_EXTENTS, SimulatedDisk.healthy("2"));

    deploy(event, Map.of());

    JsonObject record = cloud.record(event);
    assertThat(text(record, "stage")).isEqualTo("deployed");
    String id = text(record, "id");
    String template = name(text(group(record), "newTemplate"));
    assertThat(cloud.running()).hasSize(3).containsOnly(template);
    assertThat(text(cloud.compute("global/images/family/mir-riseos"), "name")).isEqualTo(id);
    assertThat(cloud.objects("mir-riseos-private")).doesNotContain("proven/" + id + ".tar.gz");
  }

  @Test
  void theCloneKeepsTheTemplatesFieldsAndMarksItsInstances() throws Exception {
    FinalizeEvent event =
        cloud.upload("mir-riseos-2.tar.gz", Kind.SPARSE, SimulatedDisk.healthy("2"));

    deploy(event, Map.of());

    JsonObject record = cloud.record(event);
    JsonObject made = properties(name(text(group(record), "newTemplate")));
    JsonObject source = properties("mir-riseos-1");
    assertThat(text(made, "machineType")).isEqualTo(text(source, "machineType"));
    assertThat(made.get("networkInterfaces")).isEqualTo(source.get("networkInterfaces"));
    JsonObject labels = made.getAsJsonObject("labels");
    assertThat(text(labels, "slipway-deployment")).isEqualTo(text(record, "id"));
    assertThat(text(labels, "slipway-target")).isEqualTo("mir-riseos");
    assertThat(text(labels, "slipway-sha256")).matches("[a-z2-7]{52}");
  }

  @Test
  void aVersionThatNeverBecomesHealthyLeavesTheOldOneServing() throws Exception {
    FinalizeEvent event =
        cloud.upload("mir-riseos-2.tar.gz", Kind.SPARSE, SimulatedDisk.healthy("2").unhealthy());

    // Sooner than the group heals it three times, which would be a crash loop.
    deploy(event, Map.of("TARGETS", TARGETS.replace("300", "120")));

    JsonObject record = cloud.record(event);
    assertThat(text(record, "stage")).isEqualTo("rolled-back");
    assertThat(text(record.getAsJsonObject("verdict"), "code")).isEqualTo("unhealthy");
    assertThat(record.getAsJsonObject("verdict").getAsJsonArray("consoles")).isNotEmpty();
    assertThat(cloud.running()).hasSize(3).containsOnly("mir-riseos-1");
    assertThat(text(cloud.compute("global/images/family/mir-riseos"), "name"))
        .isEqualTo("mir-riseos-1");
  }

  @Test
  void theNextCallGoesOnWhereTheTimeOfTheFirstEnded() throws Exception {
    FinalizeEvent event =
        cloud.upload("mir-riseos-2.tar.gz", Kind.SPARSE, SimulatedDisk.healthy("2"));
    Deliveries function = new Deliveries(cloud, Map.of("CALL_SECONDS", "120"));
    function.bring(event);
    assertThat(function.isOpen(event)).isTrue();
    function.deploy(event);

    assertThat(text(cloud.record(event), "stage")).isEqualTo("deployed");
    assertThat(text(group(cloud.record(event)), "previousTemplate")).endsWith("/mir-riseos-1");
    assertThat(cloud.compute("global/images").getAsJsonArray("items")).hasSize(2);
    assertThat(cloud.compute("global/instanceTemplates").getAsJsonArray("items")).hasSize(2);
  }

  @Test
  void anEndpointThatIsNoneFailsTheCallAndNotTheDeployment() throws Exception {
    FinalizeEvent event =
        cloud.upload("mir-riseos-2.tar.gz", Kind.SPARSE, SimulatedDisk.healthy("2"));
    Deliveries function = new Deliveries(cloud, Map.of("COMPUTE_ENDPOINT", "http://["));

    for (int delivery = 0; delivery < 2; delivery++) {
      assertThatThrownBy(() -> function.bring(event))
          .hasMessageContaining("Invalid authority field");
      assertThat(function.isOpen(event)).isTrue();
    }

    deploy(event, Map.of());
    assertThat(text(cloud.record(event), "stage")).isEqualTo("deployed");
  }

  @Test
  void twoDeliveriesAtTheSameMomentMeetTheSameResources() throws Exception {
    FinalizeEvent event =
        cloud.upload("mir-riseos-2.tar.gz", Kind.SPARSE, SimulatedDisk.healthy("2"));

    // Threads of its own: Google's clients need the common pool, which two cores give one thread.
    ExecutorService calls = Executors.newFixedThreadPool(2);
    Future<Boolean> one = calls.submit(() -> deploys(event));
    Future<Boolean> other = calls.submit(() -> deploys(event));
    calls.shutdown();

    // One may give way to the other, as Eventarc would see it by a 500, and then come again.
    boolean oneDid = one.get();
    boolean otherDid = other.get();
    if (!oneDid || !otherDid) {
      deploy(event, Map.of());
    }
    assertThat(text(cloud.record(event), "stage")).isEqualTo("deployed");
    assertThat(cloud.compute("global/images").getAsJsonArray("items")).hasSize(2);
    assertThat(cloud.compute("global/instanceTemplates").getAsJsonArray("items")).hasSize(2);
    assertThat(cloud.running()).hasSize(3).doesNotContain("mir-riseos-1");
  }

  @Test
  void aGroupThatWaitsForItsInstancesToEndIsToldNotTo() throws Exception {
    String path = "zones/us-west1-a/instanceGroupManagers/mir-riseos-group";
    cloud.patch(path, "{\"updatePolicy\": {\"type\": \"OPPORTUNISTIC\"}}");
    FinalizeEvent event =
        cloud.upload("mir-riseos-2.tar.gz", Kind.SPARSE, SimulatedDisk.healthy("2"));

    deploy(event, Map.of());

    assertThat(text(cloud.record(event), "stage")).isEqualTo("deployed");
    assertThat(cloud.running()).hasSize(3).doesNotContain("mir-riseos-1");
    assertThat(text(cloud.compute(path).getAsJsonObject("updatePolicy"), "type"))
        .isEqualTo("PROACTIVE");
  }

  @Test
  void anEmptyUploadIsToldSo() throws Exception {
    FinalizeEvent event =
        cloud.upload("mir-riseos-2.tar.gz", Kind.EMPTY, SimulatedDisk.healthy("2"));

    deploy(event, Map.of());

    JsonObject record = cloud.record(event);
    assertThat(text(record, "stage")).isEqualTo("rejected");
    assertThat(text(record.getAsJsonObject("verdict"), "code")).isEqualTo("empty");
  }

  @Test
  void aGroupThatIsNotThereIsToldBeforeAnythingIsMade() throws Exception {
    FinalizeEvent event =
        cloud.upload("mir-riseos-2.tar.gz", Kind.SPARSE, SimulatedDisk.healthy("2"));

    deploy(event, Map.of("TARGETS", TARGETS.replace("riseos-group", "no-group")));

    JsonObject record = cloud.record(event);
    assertThat(text(record, "stage")).isEqualTo("misconfigured");
    assertThat(text(record.getAsJsonObject("verdict"), "code")).isEqualTo("no-such-group");
    assertThat(cloud.compute("global/images").getAsJsonArray("items")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"invoker-1.4.jar", "invoker-2.0.jar"})
  void deploysInBothInvokersAlsoANameWithACommaAndASpace(String invoker) throws Exception {
    FunctionInstances function = cloud.invoker(invoker);
    FinalizeEvent event =
        cloud.upload("mir-riseos-2, final.tar.gz", Kind.SPARSE, SimulatedDisk.healthy("2"));

    Deliveries deliveries = new Deliveries(cloud, Map.of());
    do {
      assertThat(function.post(Deliveries.present(cloud, event))).isEqualTo(200);
    } while (deliveries.isOpen(event));

    assertThat(text(cloud.record(event), "stage")).isEqualTo("deployed");
  }

  private boolean deploys(FinalizeEvent event) {
    try {
      deploy(event, Map.of());
      return true;
    } catch (Exception comesAgain) {
      return false;
    }
  }

  private void deploy(FinalizeEvent event, Map<String, String> otherwise) throws Exception {
    new Deliveries(cloud, otherwise).deploy(event);
  }

  private JsonObject properties(String template) throws Exception {
    return cloud.compute("global/instanceTemplates/" + template).getAsJsonObject("properties");
  }

  private static JsonObject group(JsonObject record) {
    return record.getAsJsonArray("groups").get(0).getAsJsonObject();
  }

  private static String text(JsonObject object, String key) {
    return object.get(key).getAsString();
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
