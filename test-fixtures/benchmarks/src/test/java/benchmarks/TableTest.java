package benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  private final Table table =
      new Table("Speed", List.of("what", "MiB/s"), List.of(List.of("a|b", "7"), List.of("c", "8")));

  @Test
  void alignsColumnsOnATerminal() {
    assertThat(table.text())
        .isEqualTo(
            """
            Speed
              what  MiB/s
              a|b       7
              c         8
            """);
  }

  @Test
  void escapesBarsInMarkdown() {
    assertThat(table.markdown())
        .isEqualTo(
            """
            Speed:

            | what | MiB/s |
            |---|---:|
            | a\\|b | 7 |
            | c | 8 |
            """);
  }

  @Test
  void refusesARowOfAnotherLength() {
    assertThatThrownBy(() -> new Table("Speed", List.of("what"), List.of(List.of("a", "b"))))
        .hasMessage("Speed: expected 1 cells in each row, found [a, b]");
  }
}
