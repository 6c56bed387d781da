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
record ModelRow(String row) {
  private static final Path MODEL = Path.of("MODEL.md");

  static ModelRow of(String... cells) {
    return new ModelRow("| " + String.join(" | ", cells) + " |");
  }

  /** Fails if MODEL.md says something else. */
  void hold() throws IOException {
    List<String> lines = Files.readAllLines(MODEL);
    if (System.getProperty("model.write") != null && !lines.contains(row)) {
      String head = row.substring(0, row.indexOf(' ', 2) + 1);
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
