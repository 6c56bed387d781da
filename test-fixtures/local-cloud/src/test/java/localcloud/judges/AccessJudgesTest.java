package localcloud.judges;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import localcloud.access.Access.Use;
import localcloud.cli.SeededCloud;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The real gsutil and gcloud with what {@code env --as ci} prints: what CI may do, and no more. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AccessJudgesTest {
  private static final String UPLOADS = "gs://mir-riseos";
  private static final String RECORD = "gs://mir-riseos-records/deployments/a.tar.gz/1.json";
  @TempDir static Path folder;
  @TempDir static Path home;
  private static SeededCloud cloud;

  @BeforeAll
  static void start() throws Exception {
    cloud = new SeededCloud(folder);
    cloud.writeRecord("deployments/a.tar.gz/1.json", "{\"stage\": \"deployed\"}\n");
    Files.writeString(home.resolve("small.tar.gz"), "small");
    Files.write(home.resolve("large.tar.gz"), new byte[9 << 20]);
    Files.createDirectories(home.resolve("again"));
    Files.writeString(home.resolve("again/small.tar.gz"), "another");
  }

  @AfterAll
  static void noToolAskedForMoreThanThereIs() {
    cloud.close();
    assertThat(cloud.unknownRoutes()).isEmpty();
  }

  @Test
  @Order(1)
  void gsutilUploadsToTheBucketOnly() throws Exception {
    Program gsutil = as("ci", "gsutil");

    assertThat(gsutil.succeed("cp", "-v", "small.tar.gz", UPLOADS).all())
        .containsPattern("Created: " + UPLOADS + "/small.tar.gz#[0-9]+");
    gsutil.succeed("cp", "large.tar.gz", UPLOADS);
    refused(gsutil.run("cp", "small.tar.gz", UPLOADS + "/named.tar.gz"), "storage.objects.list");
    refused(gsutil.run("cp", "again/small.tar.gz", UPLOADS), "storage.objects.delete");
    assertThat(cloud.objects("mir-riseos")).containsExactly("large.tar.gz", "small.tar.gz");
  }

  @Test
  @Order(2)
  void gcloudUploadsToTheBucketOnly() throws Exception {
    Program gcloud = as("ci", "gcloud");
    Files.move(home.resolve("small.tar.gz"), home.resolve("other.tar.gz"));

    assertThat(
            gcloud
                .succeed("storage", "cp", "--print-created-message", "other.tar.gz", UPLOADS)
                .all())
        .containsPattern("Created: " + UPLOADS + "/other.tar.gz#[0-9]+");
    refused(
        gcloud.run("storage", "cp", "other.tar.gz", UPLOADS + "/named.tar.gz"),
        "storage.objects.get");
    assertThat(cloud.objects("mir-riseos")).contains("other.tar.gz").doesNotContain("named.tar.gz");
  }

  @Test
  @Order(3)
  void recordsAreReadAndNotWritten() throws Exception {
    Program gsutil = as("ci", "gsutil");
    Program gcloud = as("ci", "gcloud");
    String folder = "gs://mir-riseos-records/deployments/a.tar.gz/";

    assertThat(gsutil.succeed("cat", RECORD).output()).isEqualTo("{\"stage\": \"deployed\"}\n");
    assertThat(gsutil.succeed("ls", folder).output()).isEqualTo(RECORD + "\n");
    assertThat(gcloud.succeed("storage", "cat", RECORD).output()).contains("deployed");
    assertThat(gsutil.run("cat", RECORD + "x").all()).contains("No URLs matched");
    refused(gsutil.run("cp", "large.tar.gz", "gs://mir-riseos-records"), "storage.objects.create");
    refused(gcloud.run("storage", "rm", RECORD), "storage.objects.delete");
  }

  @Test
  @Order(4)
  void uploadsAndThePrivateBucketAreNotRead() throws Exception {
    Program gsutil = as("ci", "gsutil");

    refused(gsutil.run("ls", UPLOADS), "storage.objects.list");
    // gsutil lists first, gcloud gets.
    refused(gsutil.run("cat", UPLOADS + "/small.tar.gz"), "storage.objects.list");
    refused(
        as("ci", "gcloud").run("storage", "cat", UPLOADS + "/small.tar.gz"), "storage.objects.get");
    refused(gsutil.run("ls", "gs://mir-riseos-private"), "storage.objects.list");
  }

  @Test
  @Order(5)
  void nothingInComputeEngineIsForCi() throws Exception {
    Program gcloud = as("ci", "gcloud");

    // gcloud lists what it can, says what it cannot, and exits 0.
    assertThat(gcloud.run("compute", "images", "list", "--no-standard-images").errors())
        .contains("Required 'compute.images.list' permission for 'projects/demo'");
    refused(
        gcloud.run("compute", "instance-templates", "delete", "mir-riseos-1", "--quiet"),
        "Required 'compute.instanceTemplates.delete' permission");
    assertThat(
            as("owner", "gcloud")
                .succeed("compute", "images", "list", "--no-standard-images")
                .output())
        .contains("mir-riseos-1");
  }

  @Test
  @Order(6)
  void ciUsedOnlyWhatItsTwoRolesAreFor() {
    Set<Use> used =
        cloud.uses().stream()
            .filter(use -> use.identity().equals("ci"))
            .collect(Collectors.toSet());
    assertThat(used)
        .containsExactlyInAnyOrder(
            new Use("ci", "mir-riseos", "storage.objects.create"),
            new Use("ci", "mir-riseos-records", "storage.objects.get"),
            new Use("ci", "mir-riseos-records", "storage.objects.list"));
  }

  private static void refused(Program.Result result, String told) {
    assertThat(result.status()).as(result.all()).isNotZero();
    assertThat(result.all()).contains(told);
  }

  private static Program as(String identity, String name) throws Exception {
    Program program = Program.named(name, home);
    cloud.shell(identity).forEach(program::with);
    return program;
  }
}
