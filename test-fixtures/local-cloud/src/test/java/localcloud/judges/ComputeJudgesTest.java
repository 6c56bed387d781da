package localcloud.judges;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import localcloud.http.ComputeServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real {@code gcloud compute} judges the local cloud. Each call takes more than a second, so
 * the tests share one cloud and build on each other, in the order of a first deployment.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ComputeJudgesTest {
  private static final String ZONE = "--zone=us-west1-a";
  private static final String GROUP = "mir-riseos-group";
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
  void makesImages() throws Exception {
    for (String name : new String[] {"riseos-1", "riseos-2"}) {
      String source = server.disks().uploadSimulated(name, "{\"version\":\"" + name + "\"}");
      gcloud.compute(
          "images",
          "create",
          name,
          "--source-uri=" + source,
          "--family=riseos",
          "--labels=slipway-target=riseos");
    }
    String described = gcloud.compute("images", "describe", "riseos-1");
    assertThat(described)
        .contains("family: riseos", "status: READY", "diskSizeGb: '1'", "slipway-target: riseos");
    assertThat(gcloud.compute("images", "list"))
        .contains("riseos-1  demo     riseos", "riseos-2  demo     riseos");
  }

  @Test
  @Order(2)
  void findsTheNewestOfAFamilyThatIsNotDeprecated() throws Exception {
    String name = "--format=value(name)";
    assertThat(gcloud.compute("images", "describe-from-family", "riseos", name))
        .isEqualTo("riseos-2\n");
    gcloud.compute(
        "images", "deprecate", "riseos-2", "--state=DEPRECATED", "--replacement=riseos-1");
    assertThat(gcloud.compute("images", "describe-from-family", "riseos", name))
        .isEqualTo("riseos-1\n");
  }

  @Test
  @Order(3)
  void isToldWhyATarballIsRefused() throws Exception {
    Path disk = server.disks().disk("small", 1 << 20, "");
    String source = server.disks().upload("small.tar.gz", server.disks().tar(disk, "disk.raw"));
    Program.Result refused = gcloud.run("images", "create", "small", "--source-uri=" + source);
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.errors()).contains("The tar archive is not a valid image.");
    Program.Result absent = gcloud.run("images", "describe", "small");
    assertThat(absent.errors())
        .contains("The resource 'projects/demo/global/images/small' was not found");
  }

  @Test
  @Order(4)
  void makesTemplates() throws Exception {
    for (String name : new String[] {"riseos-1", "riseos-2"}) {
      gcloud.compute(
          "instance-templates", "create", name, "--image=" + name, "--machine-type=f1-micro");
    }
    assertThat(gcloud.compute("instance-templates", "list"))
        .contains("riseos-1  f1-micro", "riseos-2  f1-micro");
    assertThat(gcloud.compute("instance-templates", "describe", "riseos-1"))
        .contains("/projects/demo/global/images/riseos-1", "kind: compute#instanceTemplate");
  }

  @Test
  @Order(5)
  void makesAHealthCheck() throws Exception {
    gcloud.compute("health-checks", "create", "http", "riseos", "--port=80", "--request-path=/");
    assertThat(gcloud.compute("health-checks", "describe", "riseos"))
        .contains("checkIntervalSec: 5", "requestPath: /", "type: HTTP");
    assertThat(gcloud.compute("health-checks", "list")).containsPattern("riseos +HTTP");
  }

  @Test
  @Order(6)
  void makesAGroup() throws Exception {
    gcloud.compute(
        "instance-groups",
        "managed",
        "create",
        GROUP,
        ZONE,
        "--template=riseos-1",
        "--size=2",
        "--base-instance-name=riseos",
        "--health-check=riseos",
        "--initial-delay=60");
    gcloud.compute("instance-groups", "managed", "wait-until", GROUP, ZONE, "--stable");
    assertThat(gcloud.compute("instance-groups", "managed", "describe", GROUP, ZONE))
        .contains("isStable: true", "targetSize: 2", "calculated: 2", "initialDelaySec: 60");
    assertThat(gcloud.compute("instance-groups", "managed", "list"))
        .containsPattern("mir-riseos-group +us-west1-a +zone +riseos +2 +2 +riseos-1 +no");
    String members = gcloud.compute("instance-groups", "managed", "list-instances", GROUP, ZONE);
    assertThat(members.lines().skip(1))
        .hasSize(2)
        .allSatisfy(
            line ->
                assertThat(line)
                    .containsPattern(
                        "riseos-\\w{4} +us-west1-a +RUNNING +HEALTHY +NONE +riseos-1"));
  }

  @Test
  @Order(7)
  void rollsACanaryAndThenTheRest() throws Exception {
    gcloud.compute(
        "instance-groups",
        "managed",
        "rolling-action",
        "start-update",
        GROUP,
        ZONE,
        "--version=template=riseos-1",
        "--canary-version=template=riseos-2,target-size=1",
        "--max-surge=1",
        "--max-unavailable=0");
    gcloud.compute(
        "instance-groups", "managed", "wait-until", GROUP, ZONE, "--version-target-reached");
    assertThat(templates()).containsExactlyInAnyOrder("riseos-1", "riseos-2");
    gcloud.compute(
        "instance-groups",
        "managed",
        "rolling-action",
        "start-update",
        GROUP,
        ZONE,
        "--version=template=riseos-2");
    gcloud.compute(
        "instance-groups", "managed", "wait-until", GROUP, ZONE, "--version-target-reached");
    gcloud.compute("instance-groups", "managed", "wait-until", GROUP, ZONE, "--stable");
    assertThat(templates()).containsExactly("riseos-2", "riseos-2");
  }

  private static String[] templates() throws Exception {
    return gcloud
        .compute(
            "instance-groups",
            "managed",
            "list-instances",
            GROUP,
            ZONE,
            "--filter=currentAction!=DELETING",
            "--format=value(version.instanceTemplate.basename())")
        .split("\n");
  }

  @Test
  @Order(8)
  void looksAtInstances() throws Exception {
    String name = gcloud.compute("instances", "list", "--format=value(name)").split("\n")[0];
    assertThat(gcloud.compute("instances", "list")).contains(name, "RUNNING", "f1-micro");
    assertThat(gcloud.compute("instances", "describe", name, ZONE))
        .contains("status: RUNNING", "kind: compute#instance", "networkIP: 10.138.");
    assertThat(gcloud.compute("instances", "get-serial-port-output", name, ZONE))
        .contains("version riseos-2: booted");
  }

  @Test
  @Order(9)
  void resizesAndListsErrors() throws Exception {
    gcloud.compute("instance-groups", "managed", "resize", GROUP, ZONE, "--size=1");
    gcloud.compute("instance-groups", "managed", "wait-until", GROUP, ZONE, "--stable");
    assertThat(templates()).containsExactly("riseos-2");
    assertThat(gcloud.compute("instance-groups", "managed", "list-errors", GROUP, ZONE)).isEmpty();
    assertThat(gcloud.compute("instance-groups", "list"))
        .containsPattern(GROUP + " +us-west1-a +zone +\\w* +Yes +1");
  }

  @Test
  @Order(10)
  void deletesWhatIsNotInUse() throws Exception {
    Program.Result used = gcloud.run("instance-templates", "delete", "riseos-2");
    assertThat(used.errors()).contains("is already being used by");
    gcloud.compute("instance-templates", "delete", "riseos-1");
    gcloud.compute("instance-groups", "managed", "delete", GROUP, ZONE);
    gcloud.compute("images", "delete", "riseos-1", "riseos-2");
    assertThat(gcloud.compute("images", "list", "--no-standard-images")).isEmpty();
  }
}
