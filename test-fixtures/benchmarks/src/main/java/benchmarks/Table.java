package benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Rows of text; every row has as many cells as there are columns. */
record Table(String caption, List<String> columns, List<List<String>> rows) {
  Table {
    for (List<String> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            caption + ": expected " + columns.size() + " cells in each row, found " + row);
      }
    }
  }

  /** For a terminal: columns padded to their widest cell, numbers to the right. */
  String text() {
    List<List<String>> lines = new ArrayList<>(rows);
    lines.add(0, columns);
    int[] widths =
        IntStream.range(0, columns.size())
            .map(i -> lines.stream().mapToInt(line -> line.get(i).length()).max().orElse(0))
            .toArray();
    StringBuilder text = new StringBuilder(caption).append('\n');
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        String fill = " ".repeat(widths[i] - line.get(i).length());
        text.append("  ").append(i == 0 ? line.get(i) + fill : fill + line.get(i));
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** For RESULTS.md: the caption, and a table with the first column to the left. */
  String markdown() {
    StringBuilder text = new StringBuilder(caption).append(":\n\n").append(line(columns));
    text.append("|---").append("|---:".repeat(columns.size() - 1)).append("|\n");
    rows.forEach(row -> text.append(line(row)));
    return text.toString();
  }

  private static String line(List<String> cells) {
    StringBuilder line = new StringBuilder("|");
    cells.forEach(cell -> line.append(' ').append(cell.replace("|", "\\|")).append(" |"));
    return line.append('\n').toString();
  }
}
