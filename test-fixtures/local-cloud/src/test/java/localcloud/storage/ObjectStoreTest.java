package localcloud.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.client.util.Data;
import com.google.api.services.storage.model.Bucket;
import com.google.api.services.storage.model.ComposeRequest;
import com.google.api.services.storage.model.ComposeRequest.SourceObjects;
import com.google.api.services.storage.model.Objects;
import com.google.api.services.storage.model.StorageObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import localcloud.clock.ManualClock;
import localcloud.world.ApiException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectStoreTest {
  private static final Instant START = Instant.parse("2026-11-22T13:42:33.123456Z");
  private static final long START_MICROS = 1_795_354_953_123_456L;

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock(START);
  private final List<String> finalized = new ArrayList<>();
  private ObjectStore store;

  @BeforeEach
  void open() throws IOException {
    reopen();
    store.insertBucket(new Bucket().setName("uploads"));
  }

  private void reopen() throws IOException {
    store =
        ObjectStore.open(
            folder,
            clock,
            object -> finalized.add(object.getName() + "#" + object.getGeneration()));
  }

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
  void aRestartClearsWhatASuddenEndLeft() throws IOException {
    put("a", "1");
    store.stage();
    Path orphan = folder.resolve("buckets/uploads/contents/99");
    Files.writeString(orphan, "no resource names this");
    reopen();

    assertThat(orphan).doesNotExist();
    assertThat(folder.resolve("incoming")).isEmptyDirectory();
    assertThat(read("a")).isEqualTo("1");
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

  @ParameterizedTest
  @CsvSource({
    // ifGenerationMatch, NotMatch, ifMetagenerationMatch, NotMatch: L = the live one, - = not given
    "L, -, 1, -, 200",
    "0, -, -, -, 412",
    "7, -, -, -, 412",
    "-, L, -, -, 412",
    "-, 0, -, -, 200",
    "-, -, 2, -, 412",
    "-, -, -, 1, 412",
    "-, -, -, 2, 200"
  })
  void aWriteNeedsItsConditions(String match, String not, String meta, String notMeta, int code)
      throws IOException {
    long live = put("a", "1").getGeneration();
    Conditions conditions =
        new Conditions(
            number(match, live), number(not, live), number(meta, live), number(notMeta, live));

    if (code == 412) {
      assertRefused(412, () -> put(new StorageObject(), "a", "2", conditions));
      assertThat(read("a")).isEqualTo("1");
    } else {
      put(new StorageObject(), "a", "2", conditions);
      assertThat(read("a")).isEqualTo("2");
    }
  }

  @Test
  void generationZeroMeansThatNoneMayBeThere() throws IOException {
    put(new StorageObject(), "a", "1", Conditions.generation(0));

    assertRefused(412, () -> put(new StorageObject(), "a", "2", Conditions.generation(0)))
        .hasMessage("At least one of the pre-conditions you specified did not hold.");
    assertThat(read("a")).isEqualTo("1");
  }

  @Test
  void aReadOfWhatTheClientHasIs304() throws IOException {
    long live = put("a", "1").getGeneration();
    ObjectKey key = ObjectKey.live("uploads", "a");

    assertRefused(304, () -> store.object(key, new Conditions(null, live, null, null)));
    assertRefused(412, () -> store.object(key, Conditions.generation(live + 1)));
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
  void composedPartsGiveOneObjectWithoutMd5() throws IOException {
    put("1", "1234");
    put("2", "567");
    store("3", compose("1", "2"));
    StorageObject whole = put("4", "89");

    StorageObject composed = store("all", compose("3", "4"));

    assertThat(read("all")).isEqualTo("123456789");
    assertThat(composed.getCrc32c()).isEqualTo("4waSgw==");
    assertThat(composed.getMd5Hash()).isNull();
    assertThat(composed.getComponentCount()).isEqualTo(3);
    assertThat(finalized).last().asString().startsWith("all#");
    ComposeRequest old = compose("4");
    old.getSourceObjects().get(0).setGeneration(whole.getGeneration() - 1);
    assertRefused(404, () -> store("all", old));
    assertRefused(400, () -> store("all", new ComposeRequest()));
  }

  @Test
  void aCopyTakesContentSumsAndMetadataOfOneGeneration() throws IOException {
    StorageObject from = put(new StorageObject().setContentType("text/plain"), "a", "123456789");
    store.insertBucket(new Bucket().setName("private"));
    Copier copier = new Copier(store);
    StorageObject wanted = new StorageObject().setBucket("private").setName("b");
    ObjectKey key = new ObjectKey("uploads", "a", from.getGeneration());

    StorageObject copy =
        copier.copy(new Copier.Source(key, Conditions.NONE), wanted, Conditions.generation(0));
    put("a", "changed");

    assertThat(copy.getCrc32c()).isEqualTo("4waSgw==");
    assertThat(copy.getContentType()).isEqualTo("text/plain");
    assertThat(copy.getGeneration()).isGreaterThan(from.getGeneration());
    assertThat(store.open("private", "b").orElseThrow()).hasContent("123456789");
    assertRefused(
        404, () -> copier.copy(new Copier.Source(key, Conditions.NONE), wanted, Conditions.NONE));
    assertRefused(
        412,
        () ->
            copier.copy(
                new Copier.Source(ObjectKey.live("uploads", "a"), Conditions.NONE),
                wanted,
                Conditions.generation(0)));
    assertThat(folder.resolve("incoming")).isEmptyDirectory();
  }

  @Test
  void aListingFoldsNamesAndComesInPages() throws IOException {
    for (String name : List.of("a", "d/1", "d/2", "e/1", "f")) {
      put(name, "x");
    }
    List<String> seen = new ArrayList<>();
    String token = null;
    do {
      Objects page = store.list("uploads", new ListQuery("", "/", "", "", 1, token));
      assertThat(Stream.of(page.getItems(), page.getPrefixes()).filter(l -> l != null)).hasSize(1);
      if (page.getItems() != null) {
        page.getItems().forEach(object -> seen.add(object.getName()));
      } else {
        seen.addAll(page.getPrefixes());
      }
      token = page.getNextPageToken();
    } while (token != null);

    assertThat(seen).containsExactly("a", "d/", "e/", "f");
    assertThat(names(ListQuery.prefix("d/"))).containsExactly("d/1", "d/2");
    assertThat(names(new ListQuery("", "", "d/2", "f", 9, null))).containsExactly("d/2", "e/1");
    assertRefused(400, () -> store.list("uploads", new ListQuery("", "", "", "", 0, null)));
    assertRefused(400, () -> store.list("uploads", new ListQuery("", "", "", "", 1, "?!")));
  }

  @Test
  void namesAreInTheOrderOfTheirBytes() throws IOException {
    // In UTF-16 the second would come first.
    put("\uff5e", "x");
    put("😀", "x");

    assertThat(names(ListQuery.prefix(""))).containsExactly("\uff5e", "😀");
  }

  @Test
  void aBucketIsTakenOnceAndDeletedEmpty() throws IOException {
    assertRefused(409, () -> store.insertBucket(new Bucket().setName("uploads")));
    put("a", "1");
    assertRefused(409, () -> store.deleteBucket("uploads"))
        .hasMessage("The bucket you tried to delete was not empty.");
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

  private static org.assertj.core.api.AbstractThrowableAssert<?, ?> assertRefused(
      int code, ThrowingCallable call) {
    return assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ApiException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  private static @Nullable Long number(String text, long live) {
    return switch (text) {
      case "-" -> null;
      case "L" -> live;
      default -> Long.valueOf(text);
    };
  }

  private static ComposeRequest compose(String... names) {
    return new ComposeRequest()
        .setSourceObjects(Stream.of(names).map(n -> new SourceObjects().setName(n)).toList());
  }

  private StorageObject store(String name, ComposeRequest request) throws IOException {
    return new Copier(store).compose(request, "uploads", name, Conditions.NONE);
  }

  private StorageObject put(String name, String content) throws IOException {
    return put(new StorageObject(), name, content);
  }

  private StorageObject put(StorageObject wanted, String name, String content) throws IOException {
    return put(wanted, name, content, Conditions.NONE);
  }

  private StorageObject put(
      StorageObject wanted, String name, String content, Conditions conditions) throws IOException {
    InputStream in = new ByteArrayInputStream(content.getBytes(UTF_8));
    return store.put(wanted.setBucket("uploads").setName(name), in, conditions);
  }

  private StorageObject get(String name) {
    return store.object(ObjectKey.live("uploads", name), Conditions.NONE);
  }

  private String read(String name) throws IOException {
    try (InputStream in = store.open("uploads", name).orElseThrow()) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private List<String> names(ListQuery query) {
    return store.list("uploads", query).getItems().stream().map(StorageObject::getName).toList();
  }
}
