package localcloud.machines;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import localcloud.world.instances.SerialOutput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SerialRingTest {
  private static final int MIB = 1 << 20;

  private final SerialRing ring = new SerialRing();

  @Test
  void keepsAllThatWasSaid() {
    say("one ");
    say("two");
    assertThat(ring.output().text()).isEqualTo("one two");
    assertThat(ring.output().start()).isZero();
    assertThat(ring.output().next()).isEqualTo(7);
  }

  @Test
  void forgetsTheOldestBeyondAMebibyteAndGoesOnCounting() {
    say("x".repeat(MIB));
    say("the end");
    SerialOutput output = ring.output();
    assertThat(output.start()).isEqualTo(7);
    assertThat(output.next()).isEqualTo(MIB + 7);
    assertThat(output.text()).hasSize(MIB).endsWith("xthe end");
  }

  @ParameterizedTest
  @CsvSource({
    // asked, start, what is left
    "0, 5, abcdef",
    "3, 5, abcdef",
    "7, 7, cdef",
    "11, 11, ''",
    "12, 11, ''",
    "-2, 9, ef",
    "-100, 5, abcdef",
  })
  void aPartBeginsAtTheOldestThatIsLeft(long asked, long start, String text) {
    SerialOutput part = new SerialOutput(5, SerialOutput.of("abcdef").bytes()).from(asked);
    assertThat(part.start()).isEqualTo(start);
    assertThat(part.text()).isEqualTo(text);
    assertThat(part.next()).isEqualTo(11);
  }

  private void say(String text) {
    byte[] bytes = text.getBytes(US_ASCII);
    ring.add(bytes, bytes.length);
  }
}
