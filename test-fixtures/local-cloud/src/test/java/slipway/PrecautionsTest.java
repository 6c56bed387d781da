package slipway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import localcloud.cli.SeededCloud;
import localcloud.events.FinalizeEvent;
import localcloud.judges.Program;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tarballs.Kind;
import tarballs.SimulatedDisk;
import tarballs.Tarball;

/** Signature, plan and hold against the local cloud, by the commands of function/README.md. */
class PrecautionsTest {
  private static final String FILE = "mir-riseos-2.tar.gz";
  private static final String TARGETS =
      """
      {"mir-riseos": {"prefix": "mir-riseos-", "soakSeconds": 10, "signingKeys": [%s],
        "canary": {"size": "1", "soakSeconds": 10},
        "groups": ["projects/demo/zones/us-west1-a/instanceGroupManagers/mir-riseos-group"]}}
      """;

  @TempDir Path data;
  @TempDir Path home;
  private SeededCloud cloud;

  @BeforeEach
  void start() throws Exception {
    Program.named("gsutil", home);
    cloud = new SeededCloud(data);
    Tarball.write(Kind.SPARSE, SimulatedDisk.healthy("2"), home.resolve(FILE));
  }

  @AfterEach
  void everyRouteThatWasAskedForIsThere() {
    if (cloud != null) {
      cloud.close();
      assertThat(cloud.unknownRoutes()).isEmpty();
    }
  }

  @Test
  void aSignedUploadIsTakenAndAnUnsignedOneIsNot() throws Exception {
    Program.named("openssl", home);
    Program.named("jq", home);
    String printed = readme("sign");
    String pem = printed.lines().filter(line -> line.startsWith("\"-----BEGIN")).findFirst().get();
    Deliveries function = function(pem);

    JsonObject signed = function.deploy(cloud.uploaded(FILE));
    JsonObject unsigned =
        function.deploy(
            cloud.upload("mir-riseos-3.tar.gz", Kind.SPARSE, SimulatedDisk.healthy("3")));

    assertThat(text(signed, "stage")).isEqualTo("deployed");
    assertThat(signed.getAsJsonObject("artifact").get("signedBy").getAsString())
        .matches("sha256:[0-9a-f]{64}");
    assertThat(text(unsigned, "stage")).isEqualTo("rejected");
    assertThat(text(unsigned.getAsJsonObject("verdict"), "code")).isEqualTo("unsigned");
    assertThat(cloud.compute("global/images").getAsJsonArray("items")).hasSize(2);
  }

  @Test
  void aPlanLeavesTheCloudAsItIs() throws Exception {
    List<String> own = cloud.objects("mir-riseos-private");
    JsonArray images = cloud.compute("global/images").getAsJsonArray("items");
    JsonArray templates = cloud.compute("global/instanceTemplates").getAsJsonArray("items");
    JsonObject group = group();
    readme("plan");

    JsonObject record = function("").deploy(cloud.uploaded("plan/" + FILE));

    assertThat(text(record, "stage")).isEqualTo("planned");
    JsonObject plan = record.getAsJsonObject("plan");
    assertThat(plan.getAsJsonArray("create")).hasSize(2);
    assertThat(text(plan.getAsJsonArray("patch").get(0).getAsJsonObject(), "group"))
        .endsWith("/mir-riseos-group");
    assertThat(plan.getAsJsonArray("obstacles")).isEmpty();
    assertThat(cloud.objects("mir-riseos-private")).isEqualTo(own);
    assertThat(cloud.compute("global/images").getAsJsonArray("items")).isEqualTo(images);
    assertThat(cloud.compute("global/instanceTemplates").getAsJsonArray("items"))
        .isEqualTo(templates);
    assertThat(group()).isEqualTo(group);
  }

  @Test
  void aHoldStopsAnUploadUntilItIsReleased() throws Exception {
    readme("hold");
    Deliveries function = function("");
    FinalizeEvent event = cloud.upload(home.resolve(FILE));

    function.bring(event);
    assertThat(function.isOpen(event)).isTrue();
    assertThat(text(cloud.record(event).getAsJsonObject("verdict"), "code")).isEqualTo("on-hold");
    assertThat(cloud.compute("global/images").getAsJsonArray("items")).hasSize(1);

    readme("release");
    // As it is written; another one, since a sweep counts for two minutes of the cloud's time.
    assertThat(cloud.objects("mir-riseos")).contains("handoff/sweep");
    function.bringAsItIs(cloud.sweep());
    String note =
        cloud.objects("mir-riseos").stream()
            .filter(name -> name.startsWith("handoff/mir-riseos-"))
            .findFirst()
            .orElseThrow();
    function.bringAsItIs(cloud.uploaded(note));

    assertThat(text(cloud.record(event), "stage")).isEqualTo("deployed");
    assertThat(cloud.running()).hasSize(3).doesNotContain("mir-riseos-1");
  }

  private JsonObject group() throws Exception {
    return cloud.compute("zones/us-west1-a/instanceGroupManagers/mir-riseos-group");
  }

  private Deliveries function(String keys) throws IOException {
    return new Deliveries(cloud, Map.of("TARGETS", TARGETS.replace("%s", keys)));
  }

  /**
   * Runs the commands of the block of function/README.md that is marked with this word, as the
   * operator.
   */
  private String readme(String word) throws Exception {
    String after =
        Files.readString(Path.of("../../function/README.md")).split("```sh " + word + "\n", 2)[1];
    Program bash = Program.named("bash", home);
    cloud.shell("owner").forEach(bash::with);
    return bash.succeed("-euo", "pipefail", "-c", after.substring(0, after.indexOf("```")))
        .output();
  }

  private static String text(JsonObject object, String key) {
    return object.get(key).getAsString();
  }
}
