package slipway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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

/** Images and templates from one deployment to the next, over HTTP. */
class PruningTest {
  private static final String TARGETS =
      """
      {"mir-riseos": {"prefix": "mir-riseos-", "soakSeconds": 5, "canary": {"size": "0"}, "keep": 1,
        "maxSurge": "3",
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
  void theOldBytesTakeNoNewImageAndWhatNobodyNeedsGoesADayLater() throws Exception {
    Map<String, String> today = Map.of("TARGETS", TARGETS);
    String two = deploy("mir-riseos-2.tar.gz", "2", today);
    String three = deploy("mir-riseos-3.tar.gz", "3", today);
    assertThat(names("global/images")).containsExactlyInAnyOrder("mir-riseos-1", two, three);
    assertThat(state(two)).isEqualTo("DEPRECATED");

    String back = deploy("mir-riseos-2-again.tar.gz", "2", today);
    assertThat(names("global/images")).containsExactlyInAnyOrder("mir-riseos-1", two, three);
    assertThat(names("global/images/family/mir-riseos")).containsExactly(two);
    assertThat(cloud.running()).hasSize(3).allMatch(template -> template.startsWith(back));
    assertThat(state(three)).isEqualTo("DEPRECATED");

    String four =
        deploy("mir-riseos-4.tar.gz", "4", Map.of("TARGETS", TARGETS, "CLOUD_CLOCK", tomorrow()));
    assertThat(names("global/images")).containsExactlyInAnyOrder("mir-riseos-1", two, four);
    assertThat(names("global/instanceTemplates"))
        .hasSize(3)
        .contains("mir-riseos-1")
        .anyMatch(name -> name.startsWith(back))
        .noneMatch(name -> name.startsWith(three));
    assertThat(state(two)).isEqualTo("DEPRECATED");
  }

  private String deploy(String object, String version, Map<String, String> environment)
      throws Exception {
    FinalizeEvent event = cloud.upload(object, Kind.SPARSE, SimulatedDisk.healthy(version));
    JsonObject record = new Deliveries(cloud, environment).deploy(event);
    assertThat(record.get("stage").getAsString()).as(record.toString()).isEqualTo("deployed");
    assertThat(record.getAsJsonObject("image").get("reused").getAsBoolean())
        .isEqualTo(object.contains("again"));
    return record.get("id").getAsString();
  }

  /** A clock that runs like the cloud's, a day and an hour ahead. */
  private String tomorrow() {
    String[] setting = cloud.clock().setting().split("@", 2);
    return Instant.parse(setting[0]).plus(Duration.ofHours(25)) + "@" + setting[1];
  }

  private String state(String image) throws Exception {
    return cloud
        .compute("global/images/" + image)
        .getAsJsonObject("deprecated")
        .get("state")
        .getAsString();
  }

  private List<String> names(String path) throws Exception {
    JsonObject found = cloud.compute(path);
    return found.has("items")
        ? found.getAsJsonArray("items").asList().stream()
            .map(JsonElement::getAsJsonObject)
            .map(item -> item.get("name").getAsString())
            .toList()
        : List.of(found.get("name").getAsString());
  }
}
