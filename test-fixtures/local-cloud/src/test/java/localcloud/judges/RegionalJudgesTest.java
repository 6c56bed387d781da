package localcloud.judges;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import localcloud.http.ComputeServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The real {@code gcloud compute} judges regional groups, and what it does to single instances. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RegionalJudgesTest {
  private static final String REGION = "--region=us-west1";
  private static final String GROUP = "riseos-group";
  @TempDir static Path folder;
  private static ComputeServer server;
  private static Gcloud gcloud;

  @BeforeAll
  static void start() throws IOException {
    server = new ComputeServer(folder, 100);
    gcloud = new Gcloud(Files.createDirectory(folder.resolve("gcloud")), server.url());
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @AfterEach
  void asksForNothingThatIsNotThere() {
    assertThat(server.unknown().asked()).isEmpty();
  }

  @Test
  @Order(1)
  void makesRegionalTemplates() throws Exception {
    String source = server.disks().uploadSimulated("riseos", "{\"version\":\"1\"}");
    gcloud.compute("images", "create", "riseos", "--source-uri=" + source);
    for (String name : List.of("riseos-1", "riseos-2")) {
      gcloud.compute(
          "instance-templates",
          "create",
          name,
          "--image=riseos",
          "--machine-type=f1-micro",
          "--instance-template-region=us-west1");
    }
    assertThat(gcloud.compute("instance-templates", "list", "--format=value(name,region)"))
        .contains("riseos-1\t", "riseos-2\t", "/regions/us-west1");
  }

  @Test
  @Order(2)
  void makesAGroupOverTheZones() throws Exception {
    managed("create", "--template=" + template("riseos-1"), "--size=3");
    managed("wait-until", "--stable");
    assertThat(managed("describe"))
        .contains("targetShape: EVEN", "zones/us-west1-c", "instanceRedistributionType: PROACTIVE");
    assertThat(gcloud.compute("instance-groups", "managed", "list"))
        .containsPattern(GROUP + " +us-west1 +region +riseos-group +3 +3 +riseos-1 +no");
    assertThat(managed("list-instances").lines().skip(1).map(line -> line.split(" +")[1]))
        .containsExactlyInAnyOrder("us-west1-a", "us-west1-b", "us-west1-c");
  }

  @Test
  @Order(3)
  void rollsIt() throws Exception {
    Program.Result refused =
        gcloud.run(words("rolling-action", "start-update", "--max-surge=1", version("riseos-2")));
    assertThat(refused.errors()).contains("at least equal to the number of zones.");
    gcloud.compute(
        words(
            "rolling-action",
            "start-update",
            "--max-surge=3",
            "--max-unavailable=0",
            version("riseos-2")));
    managed("wait-until", "--version-target-reached");
    managed("wait-until", "--stable");
    assertThat(managed("list-instances", "--format=value(version.instanceTemplate.basename())"))
        .isEqualTo("riseos-2\nriseos-2\nriseos-2\n");
  }

  @Test
  @Order(4)
  void recreatesUpdatesAndDeletesSingleInstances() throws Exception {
    List<String> names = names();
    String before = managed("describe-instance", "--instance=" + names.get(0));
    assertThat(before).contains("currentAction: NONE", "name: " + names.get(0));
    managed("recreate-instances", "--instances=" + names.get(0));
    managed("update-instances", "--instances=" + names.get(1));
    managed("wait-until", "--stable");
    assertThat(managed("describe-instance", "--instance=" + names.get(0)))
        .contains("currentAction: NONE")
        .isNotEqualTo(before);
    managed("delete-instances", "--instances=" + names.get(2));
    managed("wait-until", "--stable");
    assertThat(names()).containsExactlyInAnyOrderElementsOf(names.subList(0, 2));
  }

  @Test
  @Order(5)
  void resizesAndLooksForErrorsAndStatefulInstances() throws Exception {
    managed("resize", "--size=4");
    managed("wait-until", "--stable");
    assertThat(names()).hasSize(4);
    assertThat(managed("list-errors")).isEmpty();
    assertThat(gcloud.compute(words("instance-configs", "list"))).isEmpty();
    assertThat(gcloud.compute("instance-groups", "list"))
        .containsPattern(GROUP + " +us-west1 +region +\\w* +Yes +4");
    assertThat(gcloud.compute("instance-groups", "list-instances", GROUP, REGION))
        .contains("RUNNING");
  }

  @Test
  @Order(6)
  void deletesIt() throws Exception {
    Program.Result used = gcloud.run("instance-templates", "delete", "riseos-2", REGION);
    assertThat(used.errors()).contains("is already being used by");
    managed("delete");
    gcloud.compute("instance-templates", "delete", "riseos-2", REGION);
    assertThat(gcloud.compute("operations", "list", "--filter=operationType:delete"))
        .contains(GROUP, "us-west1");
  }

  private static List<String> names() throws Exception {
    return managed("list-instances", "--format=value(name)").lines().toList();
  }

  private static String template(String name) {
    return "projects/demo/regions/us-west1/instanceTemplates/" + name;
  }

  private static String version(String template) {
    return "--version=template=" + template(template);
  }

  private static String managed(String verb, String... options) throws Exception {
    return gcloud.compute(
        Stream.concat(
                Stream.of("instance-groups", "managed", verb, GROUP, REGION), Stream.of(options))
            .toArray(String[]::new));
  }

  /** For verbs of two words. */
  private static String[] words(String noun, String verb, String... options) {
    return Stream.concat(
            Stream.of("instance-groups", "managed", noun, verb, GROUP, REGION), Stream.of(options))
        .toArray(String[]::new);
  }
}
