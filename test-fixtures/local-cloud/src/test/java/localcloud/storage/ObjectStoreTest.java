package localcloud.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.client.util.Data;
import com.google.api.services.storage.model.Bucket;
import com.google.api.services.storage.model.StorageObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectStoreTest extends StoreFixture {
  @Test
  void aNewObjectHasTheResourceThatGoogleGives() throws IOException {
    clock.advance(Duration.ofSeconds(1));
    StorageObject object = put("dir/a b.txt", "123456789");

    // The two sums are the published check values of CRC-32C and of MD5 for these nine digits.
    assertThat(object.getCrc32c()).isEqualTo("4waSgw==");
    assertThat(object.getMd5Hash()).isEqualTo("JfnnlDI7RTiF9RgfG2JNCw==");
    assertThat(object.getGeneration()).isEqualTo(START_MICROS + 1_000_000);
    assertThat(object.getMetageneration()).isEqualTo(1);
    assertThat(object.getSize()).isEqualTo(9);
    assertThat(object.getTimeCreated().toStringRfc3339()).isEqualTo("2026-11-22T13:42:34.123Z");
    assertThat(object.getMediaLink())
        .isEqualTo(
            "https://storage.googleapis.com/download/storage/v1/b/uploads/o/dir%2Fa%20b.txt"
                + "?generation=1795354954123456&alt=media");
    assertThat(object.getId()).isEqualTo("uploads/dir/a b.txt/1795354954123456");
    assertThat(object.getComponentCount()).isNull();
  }

  @Test
  void generationsGrowWhileTheClockStandsStillAndAcrossRestarts() throws IOException {
    long first = put("a", "1").getGeneration();
    long second = put("a", "2").getGeneration();
    store.delete(ObjectKey.live("uploads", "a"), Conditions.NONE);
    reopen();

    assertThat(second).isGreaterThan(first);
    assertThat(put("a", "3").getGeneration()).isGreaterThan(second);
  }

  @Test
  void everythingSurvivesARestart() throws IOException {
    StorageObject kept = put("dir/ünïcode 😀", "content");
    store.patch(
        ObjectKey.live("uploads", kept.getName()),
        new StorageObject().setMetadata(Map.of("git-sha", "abc")),
        Conditions.NONE);
    StorageObject before = get(kept.getName());
    reopen();

    assertThat(get(kept.getName())).isEqualTo(before);
    assertThat(read(kept.getName())).isEqualTo("content");
    assertThat(store.bucket("uploads").getName()).isEqualTo("uploads");
  }

  @Test
  void anOverwrittenGenerationIsGoneAndItsFileToo() throws IOException {
    long old = put("a", "1").getGeneration();
    put("a", "2");

    assertRefused(404, () -> store.object(new ObjectKey("uploads", "a", old), Conditions.NONE));
    try (Stream<Path> contents = Files.list(folder.resolve("buckets/uploads/contents"))) {
      assertThat(contents).hasSize(1);
    }
  }

  @Test
  void aReaderKeepsItsGenerationWhileItIsOverwritten() throws IOException {
    put("a", "old");
    try (InputStream reader = store.open("uploads", "a").orElseThrow()) {
      put("a", "new");

      assertThat(reader).hasContent("old");
    }
    assertThat(read("a")).isEqualTo("new");
  }

  @Test
  void contentOfWrongDeclaredSumIsRefusedAndLeavesNothing() throws IOException {
    StorageObject wrongCrc = new StorageObject().setCrc32c("AAAAAA==");
    StorageObject wrongMd5 = new StorageObject().setMd5Hash("1B2M2Y8AsgTpgAmY7PhCfg==");

    assertRefused(400, () -> put(wrongCrc, "a", "1"))
        .hasMessage("Provided CRC32C \"AAAAAA==\" doesn't match calculated CRC32C \"kPWZ4w==\".");
    assertRefused(400, () -> put(wrongMd5, "a", "1")).hasMessageContaining("MD5");
    assertRefused(404, () -> get("a"));
    assertThat(folder.resolve("incoming")).isEmptyDirectory();
    assertThat(finalized).isEmpty();
  }

  @Test
  void aPatchMergesRemovesAndCountsUp() throws IOException {
    StorageObject wanted =
        new StorageObject()
            .setContentType("text/plain")
            .setCacheControl("no-store")
            .setMetadata(Map.of("a", "1", "b", "2"));
    long generation = put(wanted, "a", "1").getGeneration();
    clock.advance(Duration.ofSeconds(5));
    Map<String, String> change = new HashMap<>(Map.of("c", "3"));
    change.put("a", Data.NULL_STRING);
    StorageObject patch = new StorageObject().setMetadata(change).setCacheControl(Data.NULL_STRING);

    StorageObject patched =
        store.patch(ObjectKey.live("uploads", "a"), patch, Conditions.generation(generation));

    assertThat(patched.getMetadata()).containsOnly(Map.entry("b", "2"), Map.entry("c", "3"));
    assertThat(patched.getCacheControl()).isNull();
    assertThat(patched.getContentType()).isEqualTo("text/plain");
    assertThat(patched.getMetageneration()).isEqualTo(2);
    assertThat(patched.getGeneration()).isEqualTo(generation);
    assertThat(patched.getUpdated().getValue() - patched.getTimeCreated().getValue())
        .isEqualTo(5000);
    assertThat(finalized).hasSize(1);
  }

  @Test
  void whatCannotBeKeptIsRefused() throws IOException {
    put("a", "1");
    ObjectKey key = ObjectKey.live("uploads", "a");

    assertRefused(
        501, () -> store.patch(key, new StorageObject().setTemporaryHold(true), Conditions.NONE));
    assertRefused(501, () -> put(new StorageObject().setKmsKeyName("k"), "b", "1"));
    assertRefused(
        501,
        () ->
            store.insertBucket(
                new Bucket()
                    .setName("versions")
                    .setVersioning(new Bucket.Versioning().setEnabled(true))));
    assertThat(get("a").getMetageneration()).isEqualTo(1);
    assertRefused(404, () -> store.bucket("versions"));
  }

  @Test
  void aBucketIsTakenOnceAndDeletedEmpty() throws IOException {
    assertRefused(409, () -> store.insertBucket(new Bucket().setName("uploads")))
        .hasMessage(
            "Your previous request to create the named bucket succeeded and you already own it.");
    put("a", "1");
    assertRefused(409, () -> store.deleteBucket("uploads"))
        .hasMessage("The bucket you tried to delete is not empty.");
    store.delete(ObjectKey.live("uploads", "a"), Conditions.NONE);
    store.deleteBucket("uploads");
    reopen();

    assertRefused(404, () -> store.bucket("uploads"));
    assertThat(store.buckets("")).isEmpty();
    assertThat(store.open("uploads", "a")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ab", "Upper", "-a-", "../../etc", "a/b"})
  void aBadBucketNameIsRefused(String name) {
    assertRefused(400, () -> store.insertBucket(new Bucket().setName(name)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a\nb"})
  void aBadObjectNameIsRefused(String name) {
    assertRefused(400, () -> put(name, "1"));
  }

  @Test
  void aNameOfAsManyBytesAsGoogleAllowsIsKept() throws IOException {
    String longest = "x".repeat(1024);
    put(longest, "1");

    assertThat(read(longest)).isEqualTo("1");
    assertRefused(400, () -> put(longest + "x", "1"));
  }
}
