package benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResultsTest {
  private static final List<String> ORDER = List.of("one", "two", "three");

  private static String part(String name, String text) {
    return "<!-- " + name + ": written by run -->\n" + text + "\n<!-- end of " + name + " -->";
  }

  @Test
  void replacesOnePartAndLeavesTheRest() {
    String before = "# Title\n\n" + part("one", "old") + "\n\nby hand\n\n" + part("two", "kept");

    assertThat(Results.replaced(before, "one", part("one", "new"), ORDER))
        .isEqualTo("# Title\n\n" + part("one", "new") + "\n\nby hand\n\n" + part("two", "kept"));
  }

  @Test
  void putsANewPartBeforeTheNextThatIsThere() {
    String before = part("one", "1") + "\n\nof one, by hand\n\n" + part("three", "3");

    assertThat(Results.replaced(before, "two", part("two", "2"), ORDER))
        .isEqualTo(
            part("one", "1")
                + "\n\nof one, by hand\n\n"
                + part("two", "2")
                + "\n\n"
                + part("three", "3"));
  }

  @Test
  void putsTheLastPartAtTheEnd() {
    assertThat(Results.replaced("# Title\n", "three", part("three", "3"), ORDER))
        .isEqualTo("# Title\n\n" + part("three", "3") + "\n");
  }

  @Test
  void refusesAPartThatDoesNotEnd() {
    assertThatThrownBy(
            () -> Results.replaced("<!-- one: written by run -->\n", "one", "new", ORDER))
        .hasMessageContaining("expected <!-- end of one --> after");
  }
}
