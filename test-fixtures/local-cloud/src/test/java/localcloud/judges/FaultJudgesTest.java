package localcloud.judges;

import static localcloud.http.StorageCloud.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import localcloud.http.ComputeServer;
import localcloud.http.StorageCloud;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Google's own programs take the faults for what they are at Google: they try again. */
class FaultJudgesTest {
  private static final String URL = "gs://" + BUCKET;

  @TempDir Path folder;
  @TempDir Path home;
  private StorageCloud cloud;

  @BeforeEach
  void start() throws Exception {
    cloud = new StorageCloud(folder);
  }

  @AfterEach
  void noToolAskedForMoreThanThereIs() {
    cloud.close();
    assertThat(cloud.unknownRoutes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gsutil", "gcloud"})
  void anUploadOutlivesAnErrorAndALostAnswer(String program) throws Exception {
    byte[] content = file("a.tar.gz", 300_000);
    set(
        "{'on':'call','method':'storage.objects.insert','nth':1,'do':'answer','status':503},"
            + "{'on':'call','method':'storage.objects.insert','nth':2,'do':'lose'}");

    copy(program, "a.tar.gz", URL);
    copy(program, URL + "/a.tar.gz", "back");

    // What was lost had taken effect: sent again it makes another generation, and another event.
    assertThat(cloud.finalized()).containsExactly("a.tar.gz", "a.tar.gz");
    assertThat(home.resolve("back")).hasBinaryContent(content);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gsutil", "gcloud"})
  void largeContentIsCutInTheMiddleAndGoesOn(String program) throws Exception {
    byte[] content = file("large.tar.gz", (8 << 20) + 12_345);
    set(
        "{'name':'up','on':'call','method':'storage.objects.insert','nth':2,'do':'cut-request',"
            + "'afterBytes':3000000},{'name':'down','on':'call','method':'storage.objects.get',"
            + "'resource':'*/large.tar.gz','nth':[2,3,4],'do':'cut-answer','afterBytes':1000000}");

    copy(program, "large.tar.gz", URL);
    copy(program, URL + "/large.tar.gz", "back");

    assertThat(cloud.faults().report()).doesNotContain("\"struck\": 0");
    assertThat(cloud.finalized()).containsExactly("large.tar.gz");
    assertThat(home.resolve("back")).hasBinaryContent(content);
  }

  @Test
  void gcloudComputeOutlivesErrorsWhileItWaitsAndTellsAFailedOperationsReason() throws Exception {
    try (ComputeServer server = new ComputeServer(folder.resolve("compute"), 100)) {
      Gcloud gcloud = new Gcloud(Files.createDirectory(folder.resolve("gcloud")), server.url());
      String source = "--source-uri=" + server.disks().uploadSimulated("one", "{}");
      server
          .faults()
          .replace(
              json(
                  "{'on':'call','method':'GlobalOperations.Wait','nth':[1,2],'do':'answer',"
                      + "'status':503},{'on':'operation','method':'images.insert','nth':2,"
                      + "'do':'fail','code':'QUOTA_EXCEEDED','metric':'IMAGES','limit':100}"));

      gcloud.compute("images", "create", "one", source);
      Program.Result refused = gcloud.run("images", "create", "two", source);

      assertThat(gcloud.compute("images", "list")).contains("one").doesNotContain("two");
      assertThat(refused.status()).isNotZero();
      assertThat(refused.errors()).contains("Quota 'IMAGES' exceeded.  Limit: 100.0 globally.");
    }
  }

  private void copy(String program, String from, String to) throws Exception {
    if (program.equals("gsutil")) {
      gsutil().succeed("cp", from, to);
    } else {
      gcloud().succeed("storage", "cp", from, to);
    }
  }

  private void set(String rules) throws Exception {
    cloud.faults().replace(json(rules));
  }

  private static String json(String rules) {
    return ("{'rules':[" + rules + "]}").replace('\'', '"');
  }

  private Program gsutil() throws IOException {
    return new StoragePrograms(cloud, home).gsutil("max_retry_delay = 1");
  }

  private Program gcloud() {
    return new StoragePrograms(cloud, home).gcloud().with("CLOUDSDK_STORAGE_BASE_RETRY_DELAY", "1");
  }

  private byte[] file(String name, int size) throws IOException {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    Files.write(home.resolve(name), content);
    return content;
  }
}
