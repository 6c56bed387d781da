package localcloud.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ScreenTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Test
  void withoutATerminalTheBarIsALineForEachChange() {
    draw(new Screen(new PrintStream(bytes, true, UTF_8), false));

    assertThat(text().lines())
        .containsExactly(
            "before",
            "0:01 [........................] 0 of 3",
            "0:03 [########................] 1 of 3",
            "after");
  }

  @Test
  void onATerminalTheBarIsRedrawnInItsPlace() {
    draw(new Screen(new PrintStream(bytes, true, UTF_8), true));

    assertThat(text())
        .isEqualTo(
            "before\n"
                + "\r0:01 [........................] 0 of 3\u001b[K"
                + "\r0:02 [........................] 0 of 3\u001b[K"
                + "\r0:03 [########................] 1 of 3\u001b[K"
                + "\nafter\n");
  }

  @Test
  void aTextWithPercentSignsIsPrintedAsItIs() {
    new Screen(new PrintStream(bytes, true, UTF_8), false).line("100% done");

    assertThat(text()).isEqualTo("100% done\n");
  }

  private static void draw(Screen screen) {
    screen.line("%s", "before");
    screen.bar("0:01 ", 0, "0 of 3");
    screen.bar("0:02 ", 0, "0 of 3");
    screen.bar("0:03 ", 1 / 3.0, "1 of 3");
    screen.line("after");
  }

  @Test
  void aPauseLastsUntilEnterOrTheEndOfWhatIsTyped() throws Exception {
    ByteArrayInputStream typed = new ByteArrayInputStream("wait\nrest".getBytes(UTF_8));
    Screen screen = new Screen(new PrintStream(bytes, true, UTF_8), true);

    screen.pause("The page is at http://localhost:1/.", typed);
    assertThat(typed.readAllBytes()).asString(UTF_8).isEqualTo("rest");
    screen.pause("Nothing is typed any more.", typed);

    assertThat(text().lines())
        .containsExactly(
            "", "The page is at http://localhost:1/.", "", "Nothing is typed any more.");
  }

  private String text() {
    return bytes.toString(UTF_8);
  }
}
