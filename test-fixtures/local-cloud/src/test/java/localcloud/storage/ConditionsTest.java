package localcloud.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.services.storage.model.StorageObject;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionsTest extends StoreFixture {
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

  private static @Nullable Long number(String text, long live) {
    return switch (text) {
      case "-" -> null;
      case "L" -> live;
      default -> Long.valueOf(text);
    };
  }
}
