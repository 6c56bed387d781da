package localcloud.judges;

import static localcloud.http.StorageCloud.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Random;
import localcloud.http.Certificate;
import localcloud.http.StorageCloud;
import localcloud.storage.Conditions;
import localcloud.storage.ObjectKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real gsutil and gcloud storage, unchanged, against the local cloud. */
class StorageJudgesTest {
  private static final String URL = "gs://" + BUCKET;

  /** Both tools upload resumably from 8 MiB on. */
  private static final int ABOVE_8_MIB = (8 << 20) + 12_345;

  /** gcloud cuts a file into components from 150 MiB on. */
  private static final int ABOVE_150_MIB = 160 << 20;

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

  @Test
  void gsutilUploadsLooksDownloadsAndRemoves() throws Exception {
    Program gsutil = gsutil();
    byte[] small = file("mir-riseos-2.tar.gz", 300_000);
    byte[] large = file("large.tar.gz", ABOVE_8_MIB);

    assertThat(gsutil.succeed("cp", "-v", "mir-riseos-2.tar.gz", URL).all())
        .contains(URL + "/mir-riseos-2.tar.gz#" + generation("mir-riseos-2.tar.gz"));
    gsutil.succeed("cp", "large.tar.gz", URL + "/dir/large.tar.gz");

    assertThat(gsutil.succeed("stat", URL + "/dir/large.tar.gz").output())
        .containsPattern("Content-Length: +" + ABOVE_8_MIB)
        .containsPattern("Content-Type: +application/x-tar")
        .containsPattern("Generation: +" + generation("dir/large.tar.gz"));
    assertThat(gsutil.succeed("ls", "-l", URL).output())
        .containsPattern(" 300000 .*" + URL + "/mir-riseos-2.tar.gz")
        .contains(URL + "/dir/")
        .contains("TOTAL: 1 objects, 300000 bytes");
    gsutil.succeed("cp", URL + "/dir/large.tar.gz", URL + "/mir-riseos-2.tar.gz", "down/");
    assertThat(home.resolve("down/large.tar.gz")).hasBinaryContent(large);
    assertThat(home.resolve("down/mir-riseos-2.tar.gz")).hasBinaryContent(small);
    Files.writeString(home.resolve("record.json"), "{\"stage\": \"deployed\"}\n");
    gsutil.succeed("cp", "record.json", URL + "/deployments/record.json");
    assertThat(gsutil.succeed("cat", URL + "/deployments/record.json").output())
        .isEqualTo("{\"stage\": \"deployed\"}\n");
    gsutil.succeed("rm", URL + "/dir/large.tar.gz");
    assertThat(gsutil.run("stat", URL + "/dir/large.tar.gz").all())
        .contains("No URLs matched: " + URL + "/dir/large.tar.gz");
    assertThat(cloud.finalized())
        .containsExactly("mir-riseos-2.tar.gz", "dir/large.tar.gz", "deployments/record.json");
  }

  @Test
  void gsutilUnderstandsWhyABucketStaysOrCannotBeMade() throws Exception {
    Program gsutil = gsutil();
    file("a.tar.gz", 10);
    gsutil.succeed("cp", "a.tar.gz", URL);

    assertThat(gsutil.run("rb", URL).all()).contains("409 BucketNotEmpty");
    assertThat(gsutil.run("mb", URL).all()).contains("already exists");
  }

  @Test
  void gsutilRefusesAStrangersCertificate() throws Exception {
    Path strangers = Certificate.in(folder.resolve("stranger")).pem();
    Program gsutil = gsutil().with("CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE", strangers.toString());
    file("a.tar.gz", 10);

    assertThat(gsutil.run("cp", "a.tar.gz", URL))
        .satisfies(refused -> assertThat(refused.status()).isNotZero())
        .satisfies(refused -> assertThat(refused.all()).contains("CERTIFICATE_VERIFY_FAILED"));
    assertThat(cloud.finalized()).isEmpty();
  }

  @Test
  void gcloudUploadsLooksDownloadsAndRemoves() throws Exception {
    Program gcloud = gcloud();
    byte[] small = file("mir-riseos-2.tar.gz", 300_000);
    byte[] large = file("large.tar.gz", ABOVE_8_MIB);

    assertThat(
            gcloud
                .succeed("storage", "cp", "--print-created-message", "mir-riseos-2.tar.gz", URL)
                .all())
        .contains(URL + "/mir-riseos-2.tar.gz#" + generation("mir-riseos-2.tar.gz"));
    gcloud.succeed("storage", "cp", "large.tar.gz", URL + "/dir/large.tar.gz");

    assertThat(describe(gcloud, "dir/large.tar.gz", "size,content_type,md5_hash,generation"))
        .isEqualTo(
            String.format(
                Locale.ROOT,
                "%d,application/x-tar,%s,%s",
                ABOVE_8_MIB,
                md5(large),
                generation("dir/large.tar.gz")));
    assertThat(gcloud.succeed("storage", "ls", "-l", URL).output())
        .containsPattern(" 300000 .*" + URL + "/mir-riseos-2.tar.gz")
        .contains(URL + "/dir/");
    gcloud.succeed(
        "storage", "cp", URL + "/dir/large.tar.gz", URL + "/mir-riseos-2.tar.gz", home.toString());
    assertThat(home.resolve("large.tar.gz")).hasBinaryContent(large);
    assertThat(home.resolve("mir-riseos-2.tar.gz")).hasBinaryContent(small);
    gcloud.succeed("storage", "rm", URL + "/dir/large.tar.gz");
    assertThat(gcloud.run("storage", "ls", URL + "/dir/").all())
        .contains("One or more URLs matched no objects");
  }

  @Test
  void gcloudUploadsInComponentsAndPutsThemTogether() throws Exception {
    Program gcloud = gcloud().with("CLOUDSDK_STORAGE_PARALLEL_COMPOSITE_UPLOAD_ENABLED", "True");
    byte[] content = file("huge.tar.gz", ABOVE_150_MIB);

    gcloud.succeed("storage", "cp", "huge.tar.gz", URL + "/huge.tar.gz");

    assertThat(describe(gcloud, "huge.tar.gz", "component_count,size,md5_hash,crc32c_hash"))
        .isEqualTo(String.format(Locale.ROOT, "4,%d,,%s", ABOVE_150_MIB, crc32c(content)));
    assertThat(cloud.finalized())
        .hasSize(5)
        .endsWith("huge.tar.gz")
        .filteredOn(name -> name.startsWith("gcloud/tmp/parallel_composite_uploads/"))
        .hasSize(4);
    assertThat(gcloud.succeed("storage", "ls", URL).output()).isEqualTo(URL + "/huge.tar.gz\n");
    gcloud.succeed("storage", "cp", URL + "/huge.tar.gz", "down.tar.gz");
    assertThat(Files.mismatch(home.resolve("down.tar.gz"), home.resolve("huge.tar.gz")))
        .isEqualTo(-1);
  }

  @Test
  void gcloudMakesMovesMarksCatsAndRemovesAWholeBucket() throws Exception {
    Program gcloud = gcloud();
    Files.writeString(home.resolve("a.txt"), "hello\n");

    gcloud.succeed("storage", "buckets", "create", "gs://second", "--location", "us-west1");
    gcloud.succeed("storage", "cp", "a.txt", "gs://second/a.txt", "--custom-metadata", "git-sha=1");
    gcloud.succeed(
        "storage", "objects", "update", "gs://second/a.txt", "--update-custom-metadata", "by=ci");
    gcloud.succeed("storage", "mv", "gs://second/a.txt", "gs://second/b.txt");
    assertThat(gcloud.succeed("storage", "cat", "gs://second/b.txt").output()).isEqualTo("hello\n");
    assertThat(
            cloud.store().object(ObjectKey.live("second", "b.txt"), Conditions.NONE).getMetadata())
        .containsEntry("git-sha", "1")
        .containsEntry("by", "ci");
    gcloud.succeed("storage", "rm", "-r", "gs://second");
    assertThat(cloud.store().buckets("")).hasSize(1);
  }

  private Program gsutil() throws IOException {
    return new StoragePrograms(cloud, home).gsutil("num_retries = 0");
  }

  private Program gcloud() {
    return new StoragePrograms(cloud, home).gcloud();
  }

  private static String describe(Program gcloud, String object, String fields) throws Exception {
    String format = "--format=csv[no-heading](" + fields + ")";
    String url = URL + "/" + object;
    return gcloud.succeed("storage", "objects", "describe", url, format).output().strip();
  }

  private byte[] file(String name, int size) throws IOException {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    Files.createDirectories(home.resolve("down"));
    Files.write(home.resolve(name), content);
    return content;
  }

  private long generation(String object) {
    return cloud.store().object(ObjectKey.live(BUCKET, object), Conditions.NONE).getGeneration();
  }

  @SuppressWarnings("deprecation") // MD5 is what Cloud Storage keeps.
  private static String md5(byte[] content) {
    return Base64.getEncoder().encodeToString(Hashing.md5().hashBytes(content).asBytes());
  }

  private static String crc32c(byte[] content) {
    int sum = Hashing.crc32c().hashBytes(content).asInt();
    byte[] bytes = java.nio.ByteBuffer.allocate(Integer.BYTES).putInt(sum).array();
    return Base64.getEncoder().encodeToString(bytes);
  }
}
