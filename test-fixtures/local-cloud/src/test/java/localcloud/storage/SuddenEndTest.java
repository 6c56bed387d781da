package localcloud.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.storage.model.Bucket;
import com.google.api.services.storage.model.StorageObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the process leaves when it is killed between two of a change's steps. */
class SuddenEndTest extends StoreFixture {
  private Path bucket() {
    return folder.resolve("buckets/uploads");
  }

  private Path content(StorageObject object) {
    return bucket().resolve("contents/" + object.getGeneration());
  }

  @Test
  void aPutWhoseContentDidNotComeToItsPlaceIsNone() throws IOException {
    StorageObject old = put("a", "old");
    StorageObject fresh = old.clone().setGeneration(old.getGeneration() + 1);
    ObjectIndex.open(bucket()).put(fresh);
    reopen();

    assertThat(get("a")).isEqualTo(old);
    assertThat(read("a")).isEqualTo("old");
    put("a", "next");
    reopen();
    assertThat(read("a")).isEqualTo("next");
  }

  @Test
  void aPutThatLeftWhatItReplacedTakesItAway() throws IOException {
    StorageObject old = put("a", "old");
    StorageObject fresh = put("a", "new");
    Files.writeString(content(old), "old");
    reopen();

    assertThat(content(old)).doesNotExist();
    assertThat(get("a")).isEqualTo(fresh);
    assertThat(read("a")).isEqualTo("new");
  }

  @Test
  void aDeletionThatLeftTheContentTakesItAway() throws IOException {
    StorageObject old = put("a", "old");
    store.delete(ObjectKey.live("uploads", "a"), Conditions.NONE);
    Files.writeString(content(old), "old");
    reopen();

    assertThat(content(old)).doesNotExist();
    assertRefused(404, () -> get("a"));
  }

  @Test
  void aChangeOfMetadataKeepsTheContent() throws IOException {
    put("a", "kept");
    store.patch(
        ObjectKey.live("uploads", "a"),
        new StorageObject().setMetadata(Map.of("b", "c")),
        Conditions.NONE);
    reopen();

    assertThat(read("a")).isEqualTo("kept");
    assertThat(get("a").getMetadata()).containsEntry("b", "c");
  }

  @Test
  void uploadsThatWereUnderWayAreForgotten() throws IOException {
    put("a", "1");
    store.stage();
    reopen();

    assertThat(folder.resolve("incoming")).isEmptyDirectory();
    assertThat(read("a")).isEqualTo("1");
  }

  @Test
  void aBucketThatWasBeingRemovedIsGoneAndMadeAnewEmpty() throws IOException {
    put("a", "1");
    Files.delete(bucket().resolve("bucket.json"));
    reopen();

    assertRefused(404, () -> store.bucket("uploads"));
    store.insertBucket(new Bucket().setName("uploads"));
    assertRefused(404, () -> get("a"));
    assertThat(bucket().resolve("contents")).isEmptyDirectory();
  }

  @Test
  void objectsAsTheFirstVersionKeptThemAreTakenOver() throws IOException {
    StorageObject a = put("a", "1");
    StorageObject b = put("b", "2");
    former(a, b);
    reopen();

    assertThat(get("a")).isEqualTo(a);
    assertThat(read("b")).isEqualTo("2");
    assertThat(bucket().resolve("objects")).doesNotExist();
    put("b", "3");
    // A takeover that was killed while it removed the old files: they count no more.
    formerFile(b);
    reopen();
    assertThat(read("b")).isEqualTo("3");
    assertThat(bucket().resolve("objects")).doesNotExist();
  }

  private void former(StorageObject... objects) throws IOException {
    Files.delete(bucket().resolve("changes"));
    for (StorageObject object : objects) {
      formerFile(object);
    }
  }

  private void formerFile(StorageObject object) throws IOException {
    Path file = bucket().resolve("objects/" + object.getName() + ".json");
    Files.createDirectories(file.getParent());
    Files.writeString(file, GsonFactory.getDefaultInstance().toPrettyString(object));
    Files.writeString(file.resolveSibling(object.getName() + ".json.new"), "half");
  }
}
