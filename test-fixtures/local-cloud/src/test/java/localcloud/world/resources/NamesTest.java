package localcloud.world.resources;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NamesTest {
  @Test
  void aFingerprintComesBackFromGcloudAsItWas() {
    assertThat(IntStream.range(0, 100))
        .extracting(i -> Names.fingerprint(Map.of("label", Integer.toString(i))))
        .allSatisfy(one -> assertThat(one).matches("[A-Za-z0-9_-]{11}="))
        .anySatisfy(one -> assertThat(one).containsPattern("[_-]"));
  }
}
