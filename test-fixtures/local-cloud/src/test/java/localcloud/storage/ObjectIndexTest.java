package localcloud.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.services.storage.model.StorageObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectIndexTest {
  /** Some 20 KB, so that a few hundred changes make a new index. */
  private static final String PADDING = "p".repeat(20_000);

  @TempDir Path folder;
  private ObjectIndex index;

  @BeforeEach
  void open() throws IOException {
    index = ObjectIndex.open(folder);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void holdsWhatWasPutLastHoweverOftenItIsOpenedAndTidied(long seed) throws IOException {
    Random random = new Random(seed);
    TreeMap<byte[], String> model = new TreeMap<>(Arrays::compareUnsigned);
    int indexes = 0;
    for (int i = 0; i < 900; i++) {
      String name = name(random);
      if (random.nextInt(4) == 0 && index.get(name) != null) {
        index.remove(name);
        model.remove(name.getBytes(UTF_8));
      } else {
        index.put(object(name, i));
        model.put(name.getBytes(UTF_8), name + "=" + i);
      }
      index.tidy();
      indexes += Files.exists(folder.resolve("changes")) ? 0 : 1;
      if (random.nextInt(50) == 0) {
        open();
      }
      if (random.nextInt(20) == 0) {
        String start = name(random);
        assertThat(all(start))
            .as("seed " + seed + ", change " + i + ", from " + start)
            .containsExactlyElementsOf(model.tailMap(start.getBytes(UTF_8), true).values());
      }
    }
    assertThat(indexes).as("new indexes, seed " + seed).isGreaterThan(1);
    assertThat(index.isEmpty()).isFalse();
  }

  /** Few of them, so that they meet; with what could be taken for the end of a line's name. */
  private static String name(Random random) {
    List<String> ends =
        List.of("", "\t", "\t{", "\t\u0001", "/", "ü", "\ud83d\ude00", "\uffee", "z");
    return (char) ('a' + random.nextInt(8)) + ends.get(random.nextInt(ends.size()));
  }

  private static StorageObject object(String name, long generation) {
    Map<String, String> metadata = Map.of("padding", PADDING, "lines", "a\nb\tc\u2028d");
    return new StorageObject().setName(name).setGeneration(generation).setMetadata(metadata);
  }

  private List<String> all(String start) {
    List<String> found = new ArrayList<>();
    for (Iterator<IndexLine> lines = index.from(start); lines.hasNext(); ) {
      StorageObject object = lines.next().object();
      found.add(object.getName() + "=" + object.getGeneration());
    }
    return found;
  }

  @Test
  void aChangeThatIsCutAnywhereIsNone() throws IOException {
    index.put(object("a", 1));
    byte[] before = Files.readAllBytes(folder.resolve("changes"));
    index.put(new StorageObject().setName("a").setGeneration(2L));
    byte[] after = Files.readAllBytes(folder.resolve("changes"));

    for (int length = before.length; length < after.length; length++) {
      Files.write(folder.resolve("changes"), Arrays.copyOf(after, length));
      open();
      assertThat(all("")).containsExactly("a=1");
      assertThat(folder.resolve("changes")).hasSize(before.length);
      index.remove("a");
      open();
      assertThat(index.isEmpty()).isTrue();
    }
  }

  @Test
  void changesThatAreInTheIndexAlreadyChangeNothing() throws IOException {
    byte[] changes = {};
    for (int i = 0; Files.exists(folder.resolve("changes")) || i == 0; i++) {
      index.put(object(i % 3 == 0 ? "a" : "b", i));
      changes = Files.readAllBytes(folder.resolve("changes"));
      index.tidy();
    }
    List<String> before = all("");
    Files.write(folder.resolve("changes"), changes);
    open();

    assertThat(before).hasSize(2);
    assertThat(all("")).isEqualTo(before);
  }

  @Test
  void whatIsReadBeforeTheFirstCallDoesNotGrowWithTheObjects() throws IOException {
    for (int i = 0; i < 2000; i++) {
      index.put(object(Integer.toString(i), i));
      index.tidy();
    }

    assertThat(folder.resolve("index")).isRegularFile();
    assertThat(Files.size(folder.resolve("index"))).isGreaterThan(30L << 20);
    assertThat(changedBytes()).isLessThan(5 << 20);
  }

  private long changedBytes() throws IOException {
    Path changes = folder.resolve("changes");
    return Files.exists(changes) ? Files.size(changes) : 0;
  }

  @Test
  void aLineThatIsNoneNamesItsObject() throws IOException {
    Files.writeString(folder.resolve("index"), "a\t{rubbish\n");
    open();

    assertThatThrownBy(() -> index.get("a")).hasMessage("the index's line of 'a' is broken");
  }
}
