package localcloud.judges;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A row of a table in MODEL.md that a test writes: it stands there as the test has found it. With
 * the system property {@code model.write} it is put there, in the place of the row that has the
 * same first word.
 */
public record ModelRow(String row) {
  private static final Path MODEL = Path.of("MODEL.md");

  /** A row of these cells. */
  public static ModelRow of(String... cells) {
    return new ModelRow("| " + String.join(" | ", cells) + " |");
  }

  /** Fails if MODEL.md says something else. */
  public void hold() throws IOException {
    List<String> lines = Files.readAllLines(MODEL);
    if (System.getProperty("model.write") != null && !lines.contains(row)) {
      // A client's name alone, without its version; of an API up to the comma.
      String head = row.substring(0, row.charAt(2) == '`' ? row.indexOf(' ', 2) : row.indexOf(','));
      assertThat(lines)
          .as("MODEL.md: a row that begins so, of which the rest is written")
          .anyMatch(line -> line.startsWith(head));
      List<String> changed = new ArrayList<>(lines);
      changed.replaceAll(line -> line.startsWith(head) ? row : line);
      Files.write(MODEL, changed);
      return;
    }
    assertThat(lines)
        .as("MODEL.md; run this test with -Dmodel.write to put the row there")
        .contains(row);
  }
}
