package slipway.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import slipway.fault.Printable;

/** What refusals show to machines and people. */
class ReasonTest {
  @Test
  void codesAreUniqueAndStable() {
    assertThat(Arrays.stream(Reason.values()).map(Reason::code))
        .doesNotHaveDuplicates()
        .allMatch(code -> code.matches("[a-z]+(-[a-z]+)*"));
  }

  @Test
  void namesCannotBreakOutOfAMessage() {
    assertThat(Printable.of("a\nb\u202ec\u2028")).isEqualTo("a\\u{a}b\\u{202e}c\\u{2028}");
    assertThat(Printable.of("\u00e4\ud83d\ude80")).isEqualTo("\u00e4\ud83d\ude80");
    assertThat(Printable.of("x".repeat(200))).hasSize(123).endsWith("x...");
  }

  @Test
  void namesCannotBreakOutOfACommand() {
    assertThat(Commands.quoted("site-2.tar.gz")).isEqualTo("site-2.tar.gz");
    assertThat(Commands.quoted("a b;$(reboot)'")).isEqualTo("'a b;$(reboot)'\\'''");
  }
}
