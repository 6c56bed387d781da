package slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import localcloud.cli.SeededCloud;
import localcloud.events.FinalizeEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tarballs.Kind;
import tarballs.SimulatedDisk;

/** The function rolls a group that replaces its instances under their old names. */
class RecreatingGroupTest {
  private static final String GROUP = "zones/us-west1-a/instanceGroupManagers/mir-riseos-group";
  private static final String TARGETS =
      """
      {"mir-riseos": {"prefix": "mir-riseos-", "soakSeconds": 10, "maxSurge": "0",
        "maxUnavailable": "1", "canary": {"size": "0", "soakSeconds": 0},
        "progressDeadlineSeconds": 600, "groups": ["projects/demo/GROUP"]}}
      """
          .replace("GROUP", GROUP);

  @TempDir Path folder;
  private SeededCloud cloud;
  private Deliveries function;

  @BeforeEach
  void fiveInstances() throws Exception {
    cloud = new SeededCloud(folder);
    function = new Deliveries(cloud, Map.of("TARGETS", TARGETS));
    cloud.patch(
        GROUP,
        "{\"targetSize\": 5, \"updatePolicy\": {\"replacementMethod\": \"RECREATE\","
            + " \"maxSurge\": {\"fixed\": 0}, \"maxUnavailable\": {\"fixed\": 1}}}");
    await().atMost(Duration.ofMinutes(1)).until(() -> cloud.running().size() == 5);
  }

  @AfterEach
  void everyRouteThatWasAskedForIsThere() {
    cloud.close();
    assertThat(cloud.unknownRoutes()).isEmpty();
  }

  @Test
  void eachIsReplacedOnceAndABadVersionGoesBack() throws Exception {
    List<String> names = names();

    assertThat(stage(SimulatedDisk.healthy("2"), "2")).isEqualTo("deployed");

    assertThat(names()).isEqualTo(names);
    List<String> good = cloud.running();
    assertThat(good).hasSize(5).doesNotContain("mir-riseos-1");
    assertThat(stage(SimulatedDisk.healthy("3").unhealthy(), "3")).isEqualTo("rolled-back");
    assertThat(cloud.running()).isEqualTo(good);
  }

  private String stage(SimulatedDisk disk, String version) throws Exception {
    FinalizeEvent event = cloud.upload("mir-riseos-" + version + ".tar.gz", Kind.SPARSE, disk);
    return function.deploy(event).get("stage").getAsString();
  }

  private List<String> names() throws Exception {
    return cloud.instances(GROUP).stream()
        .map(one -> one.get("instance").getAsString())
        .sorted()
        .toList();
  }
}
