package slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import localcloud.cli.SeededCloud;
import localcloud.events.FinalizeEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tarballs.Kind;
import tarballs.SimulatedDisk;

/** The function rolls a group whose size is its autoscaler's. */
class AutoscaledDeploymentTest {
  private static final String GROUP = "zones/us-west1-a/instanceGroupManagers/mir-riseos-group";
  private static final String TARGETS =
      """
      {"mir-riseos": {"prefix": "mir-riseos-", "soakSeconds": 720, "maxSurge": "2",
        "progressDeadlineSeconds": 20000, "totalDeadlineSeconds": 80000,
        "groups": ["projects/demo/GROUP"]}}
      """
          .replace("GROUP", GROUP);

  /** Long enough for a rollout of half an hour of cloud time on a busy machine. */
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService call = Executors.newSingleThreadExecutor();
  private SeededCloud cloud;

  @BeforeEach
  void start() throws Exception {
    cloud = new SeededCloud(folder);
  }

  @AfterEach
  void everyRouteThatWasAskedForIsThere() {
    call.shutdownNow();
    cloud.close();
    assertThat(cloud.unknownRoutes()).isEmpty();
  }

  @Test
  void aRolloutGoesOnWhileTheAutoscalerScalesOutAndIn() throws Exception {
    send(
        "POST",
        "/compute/v1/projects/demo/zones/us-west1-a/autoscalers",
        "{\"name\": \"cpu\", \"target\": \""
            + GROUP
            + "\", \"autoscalingPolicy\":"
            + " {\"minNumReplicas\": 2, \"maxNumReplicas\": 12}}");
    demand(4.8);
    FinalizeEvent event =
        cloud.upload("mir-riseos-2.tar.gz", Kind.SPARSE, SimulatedDisk.healthy("2"));

    CompletableFuture<Void> deployment = CompletableFuture.runAsync(() -> deploy(event), call);

    await().atMost(LIMIT).until(() -> size() == 8 && rolled() && running().size() == 8);
    assertThat(deployment).as("it soaks").isNotDone();
    demand(0.6);
    await().atMost(LIMIT).until(() -> neverAboveSizeAndSurge() && deployment.isDone());

    deployment.join();
    assertThat(cloud.record(event).get("stage").getAsString()).isEqualTo("deployed");
    assertThat(rolled()).isTrue();
    assertThat(size()).isEqualTo(2);
    assertThat(cloud.compute("zones/us-west1-a/autoscalers/cpu").get("recommendedSize").getAsInt())
        .isEqualTo(2);
    await().atMost(LIMIT).until(() -> running().size() == 2);
  }

  private boolean rolled() throws Exception {
    assertThat(neverAboveSizeAndSurge()).isTrue();
    return !running().contains("mir-riseos-1");
  }

  /** Size and counts of one moment, since they come in one answer. */
  private boolean neverAboveSizeAndSurge() throws Exception {
    JsonObject group = cloud.compute(GROUP);
    JsonObject actions = group.getAsJsonObject("currentActions");
    int there =
        Stream.of("none", "creating", "verifying", "recreating")
            .mapToInt(action -> actions.get(action).getAsInt())
            .sum();
    assertThat(there).isLessThanOrEqualTo(group.get("targetSize").getAsInt() + 2);
    return true;
  }

  private List<String> running() throws Exception {
    return cloud.running();
  }

  private int size() throws Exception {
    return cloud.compute(GROUP).get("targetSize").getAsInt();
  }

  private void deploy(FinalizeEvent event) {
    try {
      new Deliveries(cloud, Map.of("TARGETS", TARGETS)).deploy(event);
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  private void demand(double vcpus) throws Exception {
    send(
        "PUT",
        "/_local/demand",
        "{\"group\": \"projects/demo/" + GROUP + "\", \"vcpus\": " + vcpus + "}");
  }

  private void send(String verb, String path, String body) throws Exception {
    String endpoint = String.valueOf(cloud.environment(Map.of()).get("COMPUTE_ENDPOINT"));
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(endpoint + path))
                .method(verb, BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }
}
