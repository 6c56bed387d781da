package localcloud.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.services.storage.model.Bucket;
import com.google.api.services.storage.model.ComposeRequest;
import com.google.api.services.storage.model.ComposeRequest.SourceObjects;
import com.google.api.services.storage.model.StorageObject;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CopierTest extends StoreFixture {
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
    assertRefused(501, () -> store("all", compose("3").setDeleteSourceObjects(true)));
    StorageObject copy =
        new Copier(store)
            .copy(
                new Copier.Source(ObjectKey.live("uploads", "all"), Conditions.NONE),
                new StorageObject().setBucket("uploads").setName("copy"),
                Conditions.NONE);
    assertThat(copy.getComponentCount()).isEqualTo(3);
    assertThat(copy.getMd5Hash()).isNull();
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

  private static ComposeRequest compose(String... names) {
    return new ComposeRequest()
        .setSourceObjects(Stream.of(names).map(n -> new SourceObjects().setName(n)).toList());
  }

  private StorageObject store(String name, ComposeRequest request) throws IOException {
    return new Copier(store).compose(request, "uploads", name, Conditions.NONE);
  }
}
