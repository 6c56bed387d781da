package localcloud.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static localcloud.http.StorageCloud.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.retrying.RetrySettings;
import com.google.cloud.NoCredentials;
import com.google.cloud.ReadChannel;
import com.google.cloud.WriteChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Bucket;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.BlobSourceOption;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.Storage.BlobWriteOption;
import com.google.cloud.storage.Storage.ComposeRequest;
import com.google.cloud.storage.Storage.CopyRequest;
import com.google.cloud.storage.StorageException;
import com.google.cloud.storage.StorageOptions;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real google-cloud-storage client against the local cloud. */
class JavaClientTest {
  @TempDir Path folder;
  private StorageCloud cloud;
  private Storage storage;

  @BeforeEach
  void start() throws Exception {
    cloud = new StorageCloud(folder);
    storage =
        StorageOptions.newBuilder()
            .setProjectId("demo")
            .setHost(cloud.address())
            .setCredentials(NoCredentials.getInstance())
            // What fails here fails for good: a 500 must not hide behind a retry.
            .setRetrySettings(RetrySettings.newBuilder().setMaxAttempts(1).build())
            .build()
            .getService();
  }

  @AfterEach
  void stop() throws Exception {
    storage.close();
    cloud.close();
    assertThat(cloud.unknownRoutes()).isEmpty();
  }

  @Test
  void createsReadsAndDeletes() {
    BlobInfo wanted =
        info("dir/a b+c%2F.txt").setContentType("text/plain").setMetadata(Map.of("k", "v")).build();
    Blob created = storage.create(wanted, bytes("hello"), BlobTargetOption.doesNotExist());

    Blob read = storage.get(wanted.getBlobId());
    assertThat(read.getGeneration()).isEqualTo(created.getGeneration());
    assertThat(read.getMetadata()).containsOnly(Map.entry("k", "v"));
    assertThat(read.getContentType()).isEqualTo("text/plain");
    assertThat(storage.readAllBytes(wanted.getBlobId())).asString(UTF_8).isEqualTo("hello");
    assertThat(cloud.finalized()).containsExactly("dir/a b+c%2F.txt");
    assertThat(storage.delete(wanted.getBlobId())).isTrue();
    assertThat(storage.delete(wanted.getBlobId())).isFalse();
    assertThat(storage.get(wanted.getBlobId())).isNull();
  }

  @Test
  void anEmptyObjectIsWrittenAndRead() {
    storage.create(info("empty").build(), new byte[0]);

    assertThat(storage.readAllBytes(BlobId.of(BUCKET, "empty"))).isEmpty();
  }

  @Test
  void uploadsAFileResumablyAndReadsRanges() throws Exception {
    byte[] content = new byte[(9 << 20) + 7];
    new Random(1).nextBytes(content);
    Path file = Files.write(folder.resolve("file"), content);
    Blob blob = storage.createFrom(info("big").build(), file, BlobWriteOption.doesNotExist());

    assertThat(blob.getSize()).isEqualTo(content.length);
    assertThat(storage.readAllBytes(blob.getBlobId())).isEqualTo(content);
    try (ReadChannel reader = storage.reader(BlobId.of(BUCKET, "big", blob.getGeneration()))) {
      reader.seek(1_000_000);
      reader.limit(1_000_010);
      ByteBuffer part = ByteBuffer.allocate(100);
      while (reader.read(part) >= 0) {}
      assertThat(part.position()).isEqualTo(10);
      assertThat(part.array()).startsWith(Arrays.copyOfRange(content, 1_000_000, 1_000_010));
    }
  }

  @Test
  void uploadsInChunks() throws Exception {
    byte[] content = new byte[3 * 256 * 1024 + 5];
    new Random(2).nextBytes(content);
    for (int size : new int[] {content.length, 2 * 256 * 1024, 1, 0}) {
      try (WriteChannel writer = storage.writer(info("chunks" + size).build())) {
        writer.setChunkSize(256 * 1024);
        writer.write(ByteBuffer.wrap(content, 0, size));
      }
      assertThat(storage.readAllBytes(BlobId.of(BUCKET, "chunks" + size)))
          .isEqualTo(Arrays.copyOf(content, size));
    }
    assertThat(cloud.finalized()).hasSize(4);
  }

  @Test
  void listsInPagesAndFolders() {
    for (String name : List.of("a", "d/1", "d/2", "e")) {
      storage.create(info(name).build(), bytes("x"));
    }

    assertThat(storage.list(BUCKET, BlobListOption.pageSize(1)).iterateAll())
        .extracting(Blob::getName)
        .containsExactly("a", "d/1", "d/2", "e");
    assertThat(storage.list(BUCKET, BlobListOption.currentDirectory()).iterateAll())
        .extracting(Blob::getName)
        .containsExactlyInAnyOrder("a", "d/", "e");
    assertThat(storage.list(BUCKET, BlobListOption.prefix("d/")).iterateAll()).hasSize(2);
  }

  @Test
  void copiesOneGenerationOrNone() {
    Blob source = storage.create(info("a").setContentType("text/x").build(), bytes("one"));
    BlobId old = source.getBlobId();
    CopyRequest request =
        CopyRequest.newBuilder()
            .setSource(old)
            .setSourceOptions(BlobSourceOption.generationMatch(old.getGeneration()))
            .setTarget(BlobId.of(BUCKET, "b"), BlobTargetOption.doesNotExist())
            .build();

    Blob copy = storage.copy(request).getResult();

    assertThat(copy.getCrc32c()).isEqualTo(source.getCrc32c());
    assertThat(copy.getContentType()).isEqualTo("text/x");
    assertRefused(412, () -> storage.copy(request));
    storage.create(info("a").build(), bytes("two"));
    CopyRequest gone =
        CopyRequest.newBuilder().setSource(old).setTarget(BlobId.of(BUCKET, "c")).build();
    assertRefused(404, () -> storage.copy(gone));
    assertThat(cloud.finalized()).containsExactly("a", "b", "a");
  }

  @Test
  void composes() {
    storage.create(info("1").build(), bytes("ab"));
    storage.create(info("2").build(), bytes("cd"));

    Blob whole =
        storage.compose(
            ComposeRequest.newBuilder()
                .addSource("1", "2")
                .setTarget(info("all").setContentType("text/plain").build())
                .build());

    assertThat(storage.readAllBytes(whole.getBlobId())).asString(UTF_8).isEqualTo("abcd");
    assertThat(storage.get(whole.getBlobId()).getMd5()).isNull();
    assertThat(storage.get(whole.getBlobId()).getComponentCount()).isEqualTo(2);
  }

  @Test
  void writesOnlyOverTheGenerationItKnows() {
    Blob first = storage.create(info("a").build(), bytes("1"));
    BlobInfo known = BlobInfo.newBuilder(first.getBlobId()).build();
    storage.create(known, bytes("2"), BlobTargetOption.generationMatch());

    assertRefused(412, () -> storage.create(known, bytes("3"), BlobTargetOption.generationMatch()));
    assertRefused(
        412, () -> storage.create(info("a").build(), bytes("3"), BlobTargetOption.doesNotExist()));
    assertThat(storage.readAllBytes(BlobId.of(BUCKET, "a"))).asString(UTF_8).isEqualTo("2");
  }

  @Test
  void updatesMetadata() {
    Blob blob =
        storage.create(info("a").setMetadata(Map.of("x", "1", "y", "2")).build(), bytes("1"));
    HashMap<String, String> change = new HashMap<>(Map.of("z", "3"));
    change.put("x", null);

    Blob updated = blob.toBuilder().setMetadata(change).build().update();

    assertThat(updated.getMetadata()).containsOnly(Map.entry("y", "2"), Map.entry("z", "3"));
    assertThat(updated.getMetageneration()).isEqualTo(2);
    assertThat(updated.getGeneration()).isEqualTo(blob.getGeneration());
  }

  @Test
  void deletesInABatch() {
    storage.create(info("a").build(), bytes("1"));
    storage.create(info("b/c").build(), bytes("1"));

    assertThat(
            storage.delete(
                BlobId.of(BUCKET, "a"), BlobId.of(BUCKET, "none"), BlobId.of(BUCKET, "b/c")))
        .containsExactly(true, false, true);
    assertThat(storage.list(BUCKET).iterateAll()).isEmpty();
  }

  @Test
  void makesAndRemovesBuckets() {
    Bucket bucket = storage.create(BucketInfo.newBuilder("second").setLocation("us-west1").build());

    assertThat(bucket.getLocation()).isEqualTo("US-WEST1");
    assertRefused(409, () -> storage.create(BucketInfo.of("second")));
    assertThat(storage.list().iterateAll())
        .extracting(Bucket::getName)
        .containsExactly(BUCKET, "second");
    assertThat(storage.delete("second")).isTrue();
    assertThat(storage.get("second")).isNull();
    assertRefused(
        404, () -> storage.create(BlobInfo.newBuilder("second", "a").build(), bytes("1")));
  }

  private static BlobInfo.Builder info(String name) {
    return BlobInfo.newBuilder(BUCKET, name);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static void assertRefused(int code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StorageException.class, refusal -> assertThat(refusal.getCode()).isEqualTo(code));
  }
}
