package slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import localcloud.cli.SeededCloud;
import localcloud.events.FinalizeEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tarballs.Kind;
import tarballs.SimulatedDisk;

/** Uploads that are overwritten, deleted, or fit two targets, and a group of none, over HTTP. */
class OddUploadTest {
  private static final String FILE = "mir-riseos-2.tar.gz";
  private static final String GROUPS = "zones/us-west1-a/instanceGroupManagers";
  private static final String TARGETS =
      """
      {"mir-riseos": {"prefix": "mir-riseos-", "soakSeconds": 5, "canary": {"size": "0"},
        "maxSurge": "3", "groups": ["projects/demo/GROUPS/mir-riseos-group"]},
       "mir-riseos-api": {"prefix": "mir-riseos-api-", "soakSeconds": 5, "canary": {"size": "0"},
        "maxSurge": "3", "groups": ["projects/demo/GROUPS/api-group"]}}
      """
          .replace("GROUPS", GROUPS);

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private SeededCloud cloud;
  private Deliveries function;

  @BeforeEach
  void start() throws Exception {
    cloud = new SeededCloud(folder);
    function = new Deliveries(cloud, Map.of("TARGETS", TARGETS));
  }

  @AfterEach
  void everyRouteThatWasAskedForIsThere() {
    cloud.close();
    assertThat(cloud.unknownRoutes()).isEmpty();
  }

  @Test
  void anUploadThatIsOverwrittenWhileComputeReadsItDoesNotReachItsImage() throws Exception {
    FinalizeEvent event = cloud.upload(FILE, Kind.SPARSE, SimulatedDisk.healthy("2"));
    cloud.strike(
        "{'rules':[{'on':'call','caller':'local-function','method':'Images.Insert','nth':1,"
            + "'do':'hold-before','then':'answer'}]}");
    ExecutorService calls = Executors.newSingleThreadExecutor();
    Future<JsonObject> deployment = calls.submit(() -> function.deploy(event));
    calls.shutdown();
    await().atMost(Duration.ofSeconds(60)).until(() -> cloud.held() == 1);
    FinalizeEvent overwritten = cloud.upload(FILE, Kind.SPARSE, SimulatedDisk.healthy("3"));
    cloud.strike(
        "{'rules':[{'on':'operation','method':'images.insert','nth':1,'do':'slow',"
            + "'seconds':120}]}");
    await().atMost(Duration.ofSeconds(60)).until(() -> images().size() == 2);
    FinalizeEvent last = cloud.upload(FILE, Kind.SPARSE, SimulatedDisk.healthy("4"));
    assertThat(images()).as("while it is made").asString().contains("\"PENDING\"");

    assertThat(text(deployment.get(), "stage")).isEqualTo("deployed");
    assertThat(served()).isEqualTo("version 2\n");
    assertThat(text(verdict(function.deploy(overwritten)), "code")).isEqualTo("upload-gone");
    assertThat(text(function.deploy(last), "stage")).isEqualTo("deployed");
    assertThat(served()).isEqualTo("version 4\n");
  }

  @Test
  void anUploadThatIsDeletedBeforeItsEventComesIsRejected() throws Exception {
    FinalizeEvent event = cloud.upload(FILE, Kind.SPARSE, SimulatedDisk.healthy("2"));
    send("DELETE", "/storage/v1/b/mir-riseos/o/" + FILE, 204);

    JsonObject record = function.deploy(event);

    assertThat(text(record, "stage")).isEqualTo("rejected");
    assertThat(text(verdict(record), "code")).isEqualTo("upload-gone");
    assertThat(text(verdict(record), "nextStep")).contains("gsutil cp");
    assertThat(images()).hasSize(1);
    assertThat(cloud.running()).containsOnly("mir-riseos-1");
  }

  @Test
  void ofTwoTargetsWhosePrefixesNestTheLongerOneTakesTheUpload() throws Exception {
    apiGroup();
    JsonObject group = cloud.compute(GROUPS + "/mir-riseos-group");

    JsonObject api =
        function.deploy(
            cloud.upload("mir-riseos-api-2.tar.gz", Kind.SPARSE, SimulatedDisk.healthy("2")));
    assertThat(text(api, "stage")).isEqualTo("deployed");
    assertThat(text(api, "target")).isEqualTo("mir-riseos-api");
    assertThat(apiRuns()).hasSize(1).allMatch(path -> path.contains(text(api, "id")));
    assertThat(cloud.compute(GROUPS + "/mir-riseos-group")).isEqualTo(group);

    JsonObject site = function.deploy(cloud.upload(FILE, Kind.GPT, SimulatedDisk.healthy("3")));
    assertThat(text(site, "stage")).isEqualTo("deployed");
    assertThat(text(site, "target")).isEqualTo("mir-riseos");
    assertThat(cloud.running()).hasSize(3).allMatch(name -> name.startsWith(text(site, "id")));
    assertThat(apiRuns()).hasSize(1).allMatch(path -> path.contains(text(api, "id")));
    assertThat(text(cloud.compute("global/images/family/mir-riseos-api"), "name"))
        .isEqualTo(text(api, "id"));
  }

  private void apiGroup() throws Exception {
    cloud.create(
        GROUPS,
        """
        {"name": "api-group", "baseInstanceName": "api", "targetSize": 1,
         "instanceTemplate": "projects/demo/global/instanceTemplates/mir-riseos-1",
         "autoHealingPolicies": [{"initialDelaySec": 60,
           "healthCheck": "projects/demo/global/healthChecks/mir-riseos-health"}]}
        """);
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () ->
                cloud
                    .compute(GROUPS + "/api-group")
                    .getAsJsonObject("status")
                    .get("isStable")
                    .getAsBoolean());
  }

  private List<String> apiRuns() throws Exception {
    return cloud.instances(GROUPS + "/api-group").stream()
        .map(instance -> text(instance.getAsJsonObject("version"), "instanceTemplate"))
        .toList();
  }

  private JsonArray images() throws Exception {
    return cloud.compute("global/images").getAsJsonArray("items");
  }

  private String served() throws Exception {
    return client
        .send(HttpRequest.newBuilder(cloud.site()).build(), BodyHandlers.ofString())
        .body();
  }

  private void send(String verb, String path, int expected) throws Exception {
    String endpoint = String.valueOf(cloud.environment(Map.of()).get("COMPUTE_ENDPOINT"));
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(endpoint + path))
                .method(verb, BodyPublishers.noBody())
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(expected);
  }

  private static JsonObject verdict(JsonObject record) {
    return record.getAsJsonObject("verdict");
  }

  private static String text(JsonObject object, String key) {
    return object.get(key).getAsString();
  }
}
