package localcloud.judges;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import localcloud.http.ComputeServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real gcloud sets, shows, changes and takes away a group's autoscaling. */
class AutoscalingJudgesTest {
  private static final String GROUP = "mir-riseos-group";
  @TempDir Path folder;
  private ComputeServer server;
  private Gcloud gcloud;

  @BeforeEach
  void aGroupOfTwo() throws Exception {
    server = new ComputeServer(folder, 100);
    gcloud = new Gcloud(Files.createDirectory(folder.resolve("gcloud")), server.url());
    String source = server.disks().uploadSimulated("riseos-1", "{\"version\":\"1\",\"cpu\":0.9}");
    gcloud.compute("images", "create", "riseos-1", "--source-uri=" + source);
    gcloud.compute(
        "instance-templates", "create", "riseos-1", "--image=riseos-1", "--machine-type=f1-micro");
    group("create", "--template=riseos-1", "--size=2");
    group("wait-until", "--stable");
  }

  @AfterEach
  void asksForNothingThatIsNotThere() {
    try {
      assertThat(server.unknown().asked()).isEmpty();
    } finally {
      server.close();
    }
  }

  @Test
  void setsShowsChangesAndStops() throws Exception {
    String set =
        group(
            "set-autoscaling",
            "--min-num-replicas=2",
            "--max-num-replicas=3",
            "--target-cpu-utilization=0.5",
            "--cool-down-period=10s");
    assertThat(set).contains("mode: ON", "utilizationTarget: 0.5", "coolDownPeriodSec: 10");
    assertThat(group("describe"))
        .contains("autoscaler:", "maxNumReplicas: 3", "minNumReplicas: 2")
        .containsPattern("autoscaler: https://www.googleapis.com/.*/autoscalers/" + GROUP + "-");
    assertThat(gcloud.run(words("resize", "--size=5")).errors())
        .contains("set autoscaling policy mode to OFF");

    group("update-autoscaling", "--mode=only-scale-out");
    assertThat(group("describe")).contains("mode: ONLY_SCALE_OUT", "maxNumReplicas: 3");
    // Two machines at 0.9 for a target of 0.5 are four; three are allowed.
    group("wait-until", "--stable");
    assertThat(group("describe")).contains("targetSize: 3", "CAPPED_AT_MAX_NUM_REPLICAS");

    group(
        "set-autoscaling",
        "--min-num-replicas=1",
        "--max-num-replicas=1",
        "--scale-in-control=max-scaled-in-replicas=1,time-window=60");
    assertThat(group("describe")).contains("timeWindowSec: 60", "minNumReplicas: 1");
    assertThat(gcloud.compute("instance-groups", "managed", "list"))
        .containsPattern("mir-riseos-group +us-west1-a .* yes");

    group("stop-autoscaling");
    assertThat(group("describe")).doesNotContain("autoscal");
    group("resize", "--size=2");
  }

  @Test
  void deletesTheAutoscalerWithItsGroup() throws Exception {
    group("set-autoscaling", "--min-num-replicas=1", "--max-num-replicas=3");
    gcloud.compute(words("delete"));
    assertThat(gcloud.compute("instance-groups", "managed", "list")).isEmpty();
  }

  private String group(String verb, String... flags) throws IOException, InterruptedException {
    return gcloud.compute(words(verb, flags));
  }

  private static String[] words(String verb, String... flags) {
    return Stream.concat(
            Stream.of("instance-groups", "managed", verb, GROUP, "--zone=us-west1-a"),
            Arrays.stream(flags))
        .toArray(String[]::new);
  }
}
